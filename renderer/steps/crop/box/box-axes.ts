import type { VolumeGrid } from '../../../../native-workers/contract/operations/volume.js'
import { dot, transpose3 } from '../../../geometry/math.js'
import type { BoxAxis } from './crop-box.js'

const ends = [
  ['R', 'L'],
  ['A', 'P'],
  ['I', 'S'],
] as const

/** The patient's direction that a voxel axis follows most, and whether it runs against L, P or S. */
function leaning(grid: VolumeGrid, axis: BoxAxis): { readonly lps: BoxAxis; readonly sign: 1 | -1 } {
  const [x, y, z] = transpose3(grid.direction)[axis].map(Math.abs)
  const lps = x >= y && x >= z ? 0 : y >= z ? 1 : 2
  return { lps, sign: transpose3(grid.direction)[axis][lps] < 0 ? -1 : 1 }
}

/** Letters of the patient's directions at the first and at the last voxel of an axis, the nearest ones where it lies oblique. */
export function axisEnds(grid: VolumeGrid, axis: BoxAxis): readonly [string, string] {
  const { lps, sign } = leaning(grid, axis)
  const [low, high] = ends[lps]
  return sign > 0 ? [low, high] : [high, low]
}

/**
 * Millimetres of a place along a voxel axis, growing towards L, P or S: the LPS coordinate where the axis is straight,
 * else the coordinate along the axis from the plane through the LPS origin across it.
 */
export function axisMm(grid: VolumeGrid, axis: BoxAxis, index: number): number {
  const { sign } = leaning(grid, axis)
  const start = dot(transpose3(grid.direction)[axis], grid.originMm)
  return sign * (start + index * grid.spacingMm[axis])
}

/** The voxel index at such a coordinate. */
export function indexAtMm(grid: VolumeGrid, axis: BoxAxis, mm: number): number {
  const { sign } = leaning(grid, axis)
  const start = dot(transpose3(grid.direction)[axis], grid.originMm)
  return (sign * mm - start) / grid.spacingMm[axis]
}
