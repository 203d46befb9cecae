import type { Vector3 } from '../../../native-workers/contract/matrix.js'
import { add, dot, scale, subtract } from '../../geometry/math.js'

/** A line of sight: from the eye, or from any point on it, along a unit vector. */
export interface SightLine {
  readonly pointMm: Vector3
  readonly direction: Vector3
}

/**
 * How far along an axis (a unit vector) from a point on it the nearest approach of a line of sight lies, mm; null where
 * the axis points so nearly at the eye that a move of the pointer says nothing about it.
 */
export function alongAxisMm(pointMm: Vector3, axis: Vector3, sight: SightLine): number | null {
  const between = dot(axis, sight.direction)
  const spread = 1 - between * between
  if (spread < 0.01) return null
  const offset = subtract(sight.pointMm, pointMm)
  return (dot(offset, axis) - between * dot(offset, sight.direction)) / spread
}

/** Where a line of sight meets the plane through a point across the viewing direction; null where it runs along it. */
export function onFacingPlaneMm(pointMm: Vector3, facing: Vector3, sight: SightLine): Vector3 | null {
  const steepness = dot(sight.direction, facing)
  if (Math.abs(steepness) < 1e-6) return null
  const way = dot(subtract(pointMm, sight.pointMm), facing) / steepness
  return add(sight.pointMm, scale(sight.direction, way))
}
