import type { Matrix4 } from '../../../native-workers/contract/matrix.js'
import type { VolumeGrid } from '../../../native-workers/contract/operations/volume.js'
import { multiply3, rotationOf, transformPoint } from '../../geometry/math.js'

/**
 * The grid of the same voxels where a transform takes them; its directions are no unit vectors where the transform
 * stretches. Slices through it show the moved volume, sampled once from the voxels as they are.
 */
export function placedGrid(grid: VolumeGrid, movedFromVolume: Matrix4 | null): VolumeGrid {
  if (movedFromVolume === null) return grid
  return {
    ...grid,
    originMm: transformPoint(movedFromVolume, grid.originMm),
    direction: multiply3(rotationOf(movedFromVolume), grid.direction),
  }
}
