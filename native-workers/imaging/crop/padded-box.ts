import { type CutPadding } from '../../contract/operations/crop.js'
import { type VolumeGrid } from '../../contract/operations/volume.js'
import { clampedBox } from './clamped-box.js'
import { type VoxelBox } from './label-boxes.js'

/**
 * A box with padding on every side, rounded to whole voxels (specification §6, step 2), and where the volume's ends cut
 * it. Each side is clamped by itself: a box at one end neither moves nor grows at the other.
 */
export function paddedBox(
  { first, last }: VoxelBox,
  paddingMm: number,
  grid: VolumeGrid,
): { box: VoxelBox; cutPadding: CutPadding[] } {
  const along = (axis: 0 | 1 | 2) => {
    const padding = Math.round(paddingMm / grid.spacingMm[axis])
    return { first: first[axis] - padding, last: last[axis] + padding }
  }
  const [i, j, k] = [along(0), along(1), along(2)]
  return clampedBox({ first: [i.first, j.first, k.first], last: [i.last, j.last, k.last] }, grid)
}
