import { type Matrix4, type Vector3 } from '../../contract/matrix.js'
import { distance, transformPoint } from '../../geometry/matrix.js'

/**
 * The standard mTRE: mean distance between points placed before the camera by the estimate and by the truth
 * (specification §2.3). Points in volume LPS mm; poses cameraFromVolume.
 */
export function meanTargetRegistrationErrorMm(
  estimate: Matrix4,
  truth: Matrix4,
  points: readonly Vector3[],
): number {
  const sum = points.reduce(
    (total, point) => total + distance(transformPoint(estimate, point), transformPoint(truth, point)),
    0,
  )
  return sum / points.length
}

/** The value below which a share of the values lies, between neighbours by proportion; NaN of none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  const position = share * (sorted.length - 1)
  const below = Math.floor(position)
  const [a = NaN, b = a] = sorted.slice(below, below + 2)
  // Infinity stands for no pose; it must not become NaN between equals.
  return position === below || a === b ? a : a + (position - below) * (b - a)
}
