import type { LabelVoxels } from '../../labels/label-map.js'
import type { VolumeGrid } from '../../../native-workers/contract/operations/volume.js'
import { indexFromVolume } from '../../geometry/grid.js'
import { rotate, rotationOf, scale, transformPoint } from '../../geometry/math.js'
import { topLeftOn, type Plane, type PlaneGrid } from './plane.js'

/**
 * The labels on a plane at `positionMm` along its normal, nearest voxel, into `picture` (row-major, `grid.width` by
 * `grid.height`); 0 outside of the volume.
 */
export function resliceLabels(
  voxels: LabelVoxels,
  volume: VolumeGrid,
  plane: Plane,
  grid: PlaneGrid,
  positionMm: number,
  picture: Uint16Array,
): void {
  const [nx, ny, nz] = volume.size
  const toIndex = indexFromVolume(volume)
  const start = transformPoint(toIndex, topLeftOn(plane, grid, positionMm))
  const [ax, ay, az] = rotate(rotationOf(toIndex), scale(plane.right, grid.stepMm))
  const along = rotate(rotationOf(toIndex), scale(plane.down, grid.stepMm))
  let target = 0
  for (let v = 0; v < grid.height; v++) {
    // Half a voxel is added once, so that rounding down finds the nearest.
    let x = start[0] + v * along[0] + 0.5
    let y = start[1] + v * along[1] + 0.5
    let z = start[2] + v * along[2] + 0.5
    for (let u = 0; u < grid.width; u++) {
      const isInside = x >= 0 && y >= 0 && z >= 0 && x < nx && y < ny && z < nz
      // Not negative here, so cutting off is rounding down.
      picture[target++] = isInside ? (voxels[((z | 0) * ny + (y | 0)) * nx + (x | 0)] ?? 0) : 0
      x += ax
      y += ay
      z += az
    }
  }
}
