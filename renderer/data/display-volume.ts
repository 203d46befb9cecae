import type { VolumeGrid } from '../../native-workers/contract/operations/volume.js'

/** A display copy in memory: int16 voxels, i fastest, on `grid` (LPS mm). */
export interface DisplayVolume {
  readonly grid: VolumeGrid
  readonly voxels: Int16Array<ArrayBuffer>
}

/** A triangle surface in the volume's LPS millimetres; `polygons` as vtk cells (3, a, b, c, 3, …). */
export interface Surface {
  readonly points: Float32Array
  readonly normals: Float32Array
  readonly polygons: Uint32Array
}
