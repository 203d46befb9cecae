import type { Vector3 } from '../../native-workers/contract/matrix.js'
import type { OpenedLabel } from '../../native-workers/contract/operations/open-labels.js'
import type { VolumeGrid } from '../../native-workers/contract/operations/volume.js'
import type { DisplayVolume } from '../data/display-volume.js'
import { transformPoint } from '../geometry/math.js'
import { volumeFromIndex } from '../geometry/grid.js'
import type { LabelVoxels } from './label-map.js'

/** Value of a block that the label fills. */
export const fullBlock = 1024
/** Empty blocks around the label, so that its surface is closed and smoothing has room. */
const margin = 2

/**
 * How much of each block of voxels a label fills, 0 to {@link fullBlock}, over the label's box with a margin, smoothed
 * so that the surface at half of it shows no steps. Blocks are cubes of so many voxels that no side of the box is
 * longer than `longestSide` blocks.
 */
export function labelOccupancy(
  voxels: LabelVoxels,
  grid: VolumeGrid,
  { label, box }: Pick<OpenedLabel, 'label' | 'box'>,
  longestSide: number,
): DisplayVolume {
  const extent = (axis: 0 | 1 | 2): number => box.last[axis] - box.first[axis] + 1
  const step: Vector3 = [
    Math.ceil(extent(0) / longestSide),
    Math.ceil(extent(1) / longestSide),
    Math.ceil(extent(2) / longestSide),
  ]
  const blocks = (axis: 0 | 1 | 2): number => Math.ceil(extent(axis) / step[axis]) + 2 * margin
  const size: Vector3 = [blocks(0), blocks(1), blocks(2)]
  const filled = new Int16Array(size[0] * size[1] * size[2])
  const [nx, ny] = grid.size
  const perVoxel = fullBlock / (step[0] * step[1] * step[2])
  const counts = new Float32Array(filled.length)
  for (let k = box.first[2]; k <= box.last[2]; k++) {
    const blockK = Math.floor((k - box.first[2]) / step[2]) + margin
    for (let j = box.first[1]; j <= box.last[1]; j++) {
      const blockJ = Math.floor((j - box.first[1]) / step[1]) + margin
      const row = (blockK * size[1] + blockJ) * size[0] + margin
      const source = (k * ny + j) * nx
      for (let i = box.first[0]; i <= box.last[0]; i++) {
        if (voxels[source + i] !== label) continue
        const at = row + Math.floor((i - box.first[0]) / step[0])
        counts[at] = (counts[at] ?? 0) + perVoxel
      }
    }
  }
  filled.set(smoothed(counts, size))
  return { grid: blockGrid(grid, box.first, step, size), voxels: filled }
}

/** Blocks at their place: block `margin` starts with the box's first voxel. */
function blockGrid(grid: VolumeGrid, first: Vector3, step: Vector3, size: Vector3): VolumeGrid {
  const centre = (axis: 0 | 1 | 2): number => first[axis] - margin * step[axis] + (step[axis] - 1) / 2
  return {
    size,
    spacingMm: [grid.spacingMm[0] * step[0], grid.spacingMm[1] * step[1], grid.spacingMm[2] * step[2]],
    originMm: transformPoint(volumeFromIndex(grid), [centre(0), centre(1), centre(2)]),
    direction: grid.direction,
  }
}

/** Weights 1, 2, 1 along each axis in turn; the margin is empty, so the borders need no care. */
function smoothed(values: Float32Array, size: Vector3): Float32Array {
  let current = values
  for (const stride of [1, size[0], size[0] * size[1]]) {
    const next = new Float32Array(current.length)
    for (let at = stride; at < current.length - stride; at++) {
      next[at] = ((current[at - stride] ?? 0) + 2 * (current[at] ?? 0) + (current[at + stride] ?? 0)) / 4
    }
    current = next
  }
  return current
}
