import { type Vector3 } from '../../contract/matrix.js'
import { type LabelVoxels } from '../../imaging/labels.js'
import { type VolumeGrid } from '../../contract/operations/volume.js'
import { lpsFromIndex, type Volume } from '../../imaging/volume.js'
import { transformPoint } from '../../geometry/matrix.js'
import { volumeSurface, type SurfaceOptions, type VolumeSurface } from './volume-surface.js'

/** Voxels kept round a label, so that its surface closes outside of it. */
const margin = 2
/** Half of a voxel's worth of the label. */
const threshold = 0.5

/**
 * The surface of one label, in LPS mm: where half of a neighbourhood belongs to it. `box` holds the first and last index
 * of its voxels. Errors: `cancelled`.
 */
export function labelSurface(
  voxels: LabelVoxels,
  grid: VolumeGrid,
  label: number,
  box: { readonly first: Vector3; readonly last: Vector3 },
  options: Pick<SurfaceOptions, 'parts' | 'maxTriangles' | 'smoothingIterations'>,
  signal?: AbortSignal,
): VolumeSurface {
  return volumeSurface(labelMask(voxels, grid, label, box), { ...options, threshold }, signal)
}

/** 1 inside the label, on a grid of its own round it that may reach beyond the map. */
function labelMask(
  voxels: LabelVoxels,
  grid: VolumeGrid,
  label: number,
  { first, last }: { readonly first: Vector3; readonly last: Vector3 },
): Volume<Float32Array> {
  const size = ([0, 1, 2] as const).map((axis) => last[axis] - first[axis] + 1 + 2 * margin)
  const start = ([0, 1, 2] as const).map((axis) => first[axis] - margin)
  const mask = new Float32Array(size[0] * size[1] * size[2])
  const [nx, ny] = grid.size
  for (let k = first[2]; k <= last[2]; k++) {
    for (let j = first[1]; j <= last[1]; j++) {
      const row = nx * (j + ny * k)
      const target = size[0] * (j - start[1] + size[1] * (k - start[2])) - start[0]
      for (let i = first[0]; i <= last[0]; i++) if (voxels[row + i] === label) mask[target + i] = 1
    }
  }
  const originMm = transformPoint(lpsFromIndex(grid), [start[0], start[1], start[2]])
  return { grid: { ...grid, size: [size[0], size[1], size[2]], originMm }, voxels: mask }
}
