import { type Matrix4, type Vector3 } from '../contract/matrix.js'
import { type VolumeGrid } from '../contract/operations/volume.js'

export type VoxelArray =
  Int8Array | Uint8Array | Int16Array | Uint16Array | Int32Array | Uint32Array | Float32Array | Float64Array

/** Voxels on a regular grid in LPS millimetres; i is the fastest axis: voxels[i + size[0] * (j + size[1] * k)]. */
export interface Volume<Voxels extends VoxelArray = VoxelArray> {
  readonly grid: VolumeGrid
  readonly voxels: Voxels
}

/** Affine map from voxel index (integer = voxel centre) to LPS millimetres. */
export function lpsFromIndex({ spacingMm, originMm, direction }: VolumeGrid): Matrix4 {
  const row = (r: 0 | 1 | 2) =>
    [
      direction[r][0] * spacingMm[0],
      direction[r][1] * spacingMm[1],
      direction[r][2] * spacingMm[2],
      originMm[r],
    ] as const
  return [row(0), row(1), row(2), [0, 0, 0, 1]]
}

/** The middle of the grid in LPS millimetres, between the centres of its corner voxels. */
export function gridCentreMm(grid: VolumeGrid): Vector3 {
  const affine = lpsFromIndex(grid)
  const coordinate = (r: 0 | 1 | 2) =>
    affine[r][3] + grid.size.reduce((sum, size, axis) => sum + affine[r][axis] * ((size - 1) / 2), 0)
  return [coordinate(0), coordinate(1), coordinate(2)]
}
