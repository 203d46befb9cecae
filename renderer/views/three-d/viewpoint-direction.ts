import type { Vector3 } from '../../../native-workers/contract/matrix.js'
import { dot, subtract, unit } from '../../geometry/math.js'

/** From slightly above, at the patient's front left, front right, back left or back right; LPS. */
const directions: readonly Vector3[] = [
  [1.2, -1.2, 0.6],
  [-1.2, -1.2, 0.6],
  [1.2, 1.2, 0.6],
  [-1.2, 1.2, 0.6],
]

/** Where to look from, so that the detectors stand behind the patient and show their X-rays. */
export function directionTowardsEye(sourcesMm: readonly Vector3[], isocentreMm: Vector3): Vector3 {
  const rays = sourcesMm.map((source) => unit(subtract(source, isocentreMm)))
  const score = (direction: Vector3): number => rays.reduce((sum, ray) => sum + dot(ray, direction), 0)
  return directions.reduce((best, next) => (score(next) > score(best) + 1e-6 ? next : best))
}
