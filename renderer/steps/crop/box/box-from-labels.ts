import type { VolumeGrid } from '../../../../native-workers/contract/operations/volume.js'
import { indexFromVolume, volumeFromIndex } from '../../../geometry/grid.js'
import { multiply4, transformPoint } from '../../../geometry/math.js'
import { insideOf, vectorBy, type VoxelRange } from './crop-box.js'

/**
 * The smallest range of a CT's voxels that holds all `boxes`, given on the grid of the CT's display copy, with padding
 * on every side, rounded to whole voxels as the command line does. Null where there are none.
 */
export function rangeAround(
  boxes: readonly VoxelRange[],
  displayGrid: VolumeGrid,
  grid: VolumeGrid,
  paddingMm: number,
): VoxelRange | null {
  if (boxes.length === 0) return null
  const toStored = multiply4(indexFromVolume(grid), volumeFromIndex(displayGrid))
  // The copy's grid is parallel to the CT's, so that two opposite outer corners bound a box.
  const low = transformPoint(
    toStored,
    vectorBy((axis) => Math.min(...boxes.map(({ first }) => first[axis])) - 0.5),
  )
  const high = transformPoint(
    toStored,
    vectorBy((axis) => Math.max(...boxes.map(({ last }) => last[axis])) + 0.5),
  )
  const padding = vectorBy((axis) => Math.round(paddingMm / grid.spacingMm[axis]))
  return insideOf(grid, {
    first: vectorBy((axis) => Math.round(Math.min(low[axis], high[axis]) + 0.5) - padding[axis]),
    last: vectorBy((axis) => Math.round(Math.max(low[axis], high[axis]) - 0.5) + padding[axis]),
  })
}
