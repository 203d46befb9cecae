import type { Vector3 } from '../../native-workers/contract/matrix.js'
import { add, cross, dot, scale, unit } from './math.js'

export interface PerspectiveView {
  /** Full vertical opening. */
  readonly viewAngleDeg: number
  /** Width over height. */
  readonly aspect: number
  /** Share of the opening that is used, so that nothing touches the border. */
  readonly fill: number
}

export interface EyePlacement {
  readonly positionMm: Vector3
  /** On the optical axis, as deep as `pivotMm`. */
  readonly focalPointMm: Vector3
}

/**
 * The nearest eye that looks along `-towardsEye` (any length, not parallel to `up`) and sees every point, with equal
 * room on opposite sides. The focal point, which views turn about, lies beside `pivotMm`.
 */
export function fitPerspective(
  pointsMm: readonly Vector3[],
  pivotMm: Vector3,
  towardsEye: Vector3,
  up: Vector3,
  { viewAngleDeg, aspect, fill }: PerspectiveView,
): EyePlacement {
  const forward = scale(unit(towardsEye), -1)
  const right = unit(cross(forward, up))
  const above = cross(right, forward)
  const slope = Math.tan((viewAngleDeg * Math.PI) / 360) * fill
  const across = sidesOf(pointsMm, right, forward, slope * aspect)
  const along = sidesOf(pointsMm, above, forward, slope)
  const depth = Math.min(across.farthestDepth, along.farthestDepth)
  const positionMm = add(add(scale(right, across.middle), scale(above, along.middle)), scale(forward, depth))
  const pivotDepth = dot(forward, pivotMm) - depth
  return { positionMm, focalPointMm: add(positionMm, scale(forward, Math.max(1, pivotDepth))) }
}

/**
 * One direction of the picture. A point at (a, c), c being its depth, is seen from (e, d) when
 * |a - e| <= slope (c - d): e lies between max(a - slope c) + slope d and min(a + slope c) - slope d.
 */
function sidesOf(
  pointsMm: readonly Vector3[],
  axis: Vector3,
  forward: Vector3,
  slope: number,
): { farthestDepth: number; middle: number } {
  const low = Math.max(...pointsMm.map((p) => dot(axis, p) - slope * dot(forward, p)))
  const high = Math.min(...pointsMm.map((p) => dot(axis, p) + slope * dot(forward, p)))
  // The slopes of both ends cancel in their middle.
  return { farthestDepth: (high - low) / (2 * slope), middle: (low + high) / 2 }
}
