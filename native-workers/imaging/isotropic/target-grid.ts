import { UserError } from '../../contract/errors.js'
import { type Vector3 } from '../../contract/matrix.js'
import { type GridAnchor } from '../../contract/operations/resample-isotropic.js'
import { type VolumeGrid } from '../../contract/operations/volume.js'
import { add, invertAffine, subtract, transformPoint } from '../../geometry/matrix.js'
import { isotropicGrid } from '../resample/isotropic.js'
import { gridCentreMm, lpsFromIndex } from '../volume.js'

export interface TargetSettings {
  readonly spacingMm: number
  readonly keep: GridAnchor
  readonly center: boolean
  /** Rounds origin and spacing to numbers that the file format holds. */
  readonly asStored: (value: number) => number
}

/** The grid to resample to, and where its voxels lie on the axes of the old one. */
export interface TargetGrid {
  /** LPS mm, moved by the centring. */
  readonly grid: VolumeGrid
  /** LPS mm of the original where the centred volume has (0, 0, 0); zero when not centred. */
  readonly shiftMm: Vector3
  /** New voxel n lies at old index firstIndex + n * ratio, per axis. */
  readonly firstIndex: Vector3
  readonly ratio: Vector3
  /** The leading voxels of each axis that lie within the old volume's faces. */
  readonly insideSize: Vector3
}

/** Rounding must not turn a grid's own edge into outside. */
const edgeTolerance = 1e-6

/**
 * The isotropic grid along a volume's own axes (specification §6, step 4).
 *
 * `first-voxel` is the grid of 3D Slicer's *Resample Scalar Volume*, as its source has it (ResampleScalarVolume.cxx,
 * 2024): origin and axes kept, floor(n * spacing / new spacing + 1/2) voxels. `center` is Slicer's *Center volume*
 * before it, hardened: the point midway between the outermost voxel centres of the old volume moves to 0. Compared
 * by formula, as Slicer was not run. Where Slicer's values differ: it does not smooth before coarsening, cuts decimals
 * off instead of rounding, and writes 0 where the new grid passes the old volume's faces.
 *
 * `extent` keeps the outer faces' middle instead, with the last partial voxel added (ceil): with `center` the origin is
 * -(n - 1) / 2 * spacing along each axis.
 */
export function targetGrid(
  old: VolumeGrid,
  { spacingMm, keep, center, asStored }: TargetSettings,
): TargetGrid {
  const spacing = asStored(spacingMm)
  const uncentered = keep === 'extent' ? isotropicGrid(old, spacing) : slicerGrid(old, spacing)
  if (uncentered.size.some((count) => count < 2)) {
    throw new UserError(
      'input-invalid',
      `Voxels of ${String(spacingMm)} mm are too large: the volume would be ${uncentered.size.join(' x ')} voxels.`,
      'Choose a smaller spacing.',
    )
  }
  const shiftMm: Vector3 = center ? gridCentreMm(old) : [0, 0, 0]
  const [x, y, z] = subtract(uncentered.originMm, shiftMm)
  const grid: VolumeGrid = { ...uncentered, originMm: [asStored(x), asStored(y), asStored(z)] }
  const indexFromLps = invertAffine(lpsFromIndex(old))
  const firstIndex = transformPoint(indexFromLps, add(grid.originMm, shiftMm))
  const ratio: Vector3 = [spacing / old.spacingMm[0], spacing / old.spacingMm[1], spacing / old.spacingMm[2]]
  const inside = (axis: 0 | 1 | 2) => {
    const last = (old.size[axis] - 0.5 + edgeTolerance - firstIndex[axis]) / ratio[axis]
    return Math.min(grid.size[axis], Math.floor(last) + 1)
  }
  return { grid, shiftMm, firstIndex, ratio, insideSize: [inside(0), inside(1), inside(2)] }
}

function slicerGrid(old: VolumeGrid, spacingMm: number): VolumeGrid {
  const count = (axis: 0 | 1 | 2) => Math.floor((old.size[axis] * old.spacingMm[axis]) / spacingMm + 0.5)
  return {
    size: [count(0), count(1), count(2)],
    spacingMm: [spacingMm, spacingMm, spacingMm],
    originMm: old.originMm,
    direction: old.direction,
  }
}
