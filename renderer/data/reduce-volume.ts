import type { Vector3 } from '../../native-workers/contract/matrix.js'
import { rotate } from '../geometry/math.js'
import type { DisplayVolume } from './display-volume.js'

/**
 * Box means of whole blocks of voxels, so that no side is longer than `longestSide`. The grid's origin moves
 * to the centre of the first block; a remainder at the far end that fills no block is left out.
 */
export function reduceVolume(volume: DisplayVolume, longestSide: number): DisplayVolume {
  const { grid, voxels } = volume
  const block = (n: number): number => Math.max(1, Math.ceil(n / longestSide))
  const step: Vector3 = [block(grid.size[0]), block(grid.size[1]), block(grid.size[2])]
  if (step.every((n) => n === 1)) return volume
  const size: Vector3 = [
    Math.floor(grid.size[0] / step[0]),
    Math.floor(grid.size[1] / step[1]),
    Math.floor(grid.size[2] / step[2]),
  ]
  const reduced = new Int16Array(size[0] * size[1] * size[2])
  const count = step[0] * step[1] * step[2]
  const rowLength = grid.size[0]
  const sliceLength = rowLength * grid.size[1]
  const sums = new Float64Array(size[0])
  for (let k = 0; k < size[2]; k++) {
    for (let j = 0; j < size[1]; j++) {
      sums.fill(0)
      for (let dk = 0; dk < step[2]; dk++) {
        for (let dj = 0; dj < step[1]; dj++) {
          const row = (k * step[2] + dk) * sliceLength + (j * step[1] + dj) * rowLength
          addRow(sums, voxels, row, step[0])
        }
      }
      const target = (k * size[1] + j) * size[0]
      for (let i = 0; i < size[0]; i++) reduced[target + i] = Math.round(sums[i] / count)
    }
  }
  const shift: Vector3 = [
    ((step[0] - 1) / 2) * grid.spacingMm[0],
    ((step[1] - 1) / 2) * grid.spacingMm[1],
    ((step[2] - 1) / 2) * grid.spacingMm[2],
  ]
  const moved = rotate(grid.direction, shift)
  return {
    grid: {
      size,
      spacingMm: [grid.spacingMm[0] * step[0], grid.spacingMm[1] * step[1], grid.spacingMm[2] * step[2]],
      originMm: [grid.originMm[0] + moved[0], grid.originMm[1] + moved[1], grid.originMm[2] + moved[2]],
      direction: grid.direction,
    },
    voxels: reduced,
  }
}

/** Adds a row's voxels to its blocks' sums, voxel after voxel as they lie in memory. */
function addRow(sums: Float64Array, voxels: Int16Array, start: number, step: number): void {
  let at = start
  for (let i = 0; i < sums.length; i++) {
    let sum = 0
    for (const end = at + step; at < end; at++) sum += voxels[at]
    sums[i] += sum
  }
}
