import { type VolumeGrid } from '../../contract/operations/volume.js'

/** The longest side of the grid that a surface is first drawn on. */
const longestSide = 224

/** Spacing of the cubes on which a volume's surface is drawn: its finest voxels', unless that makes too many. */
export function surfaceSpacingMm({ size, spacingMm }: VolumeGrid): number {
  const longestMm = Math.max(...size.map((count, axis) => count * spacingMm[axis]))
  return Math.max(Math.min(...spacingMm), longestMm / longestSide)
}
