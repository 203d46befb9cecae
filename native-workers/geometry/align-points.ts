import { UserError } from '../contract/errors.js'
import { type Matrix3, type Matrix4, type Vector3 } from '../contract/matrix.js'
import { add, affine, centroid, multiplyVector3, scale, subtract } from './matrix.js'
import { nearestRotation } from './rigid.js'
import { singularValues3 } from './singular-values.js'

/**
 * The rigid motion that brings `from` closest to `to` in the least-squares sense (Kabsch 1976; Umeyama 1991).
 * Needs three or more pairs that are not on a line, else `UserError('geometry-invalid')`.
 */
export function alignPoints(from: readonly Vector3[], to: readonly Vector3[]): Matrix4 {
  if (from.length < 3 || areCollinear(from) || areCollinear(to)) {
    throw new UserError('geometry-invalid', 'Points on a line, or fewer than three, do not fix a rotation.')
  }
  const [centreFrom, centreTo] = [centroid(from), centroid(to)]
  const rotation = nearestRotation(
    sumOfOuter(
      to.map((point) => subtract(point, centreTo)),
      from.map((point) => subtract(point, centreFrom)),
    ),
  )
  return affine(rotation, subtract(centreTo, multiplyVector3(rotation, centreFrom)))
}

/** Directions of spread about the centroid, widest first, and the root sums of squares along them (mm). */
export function principalDirections(points: readonly Vector3[]): { directions: Matrix3; spreadMm: Vector3 } {
  const centre = centroid(points)
  const centred = points.map((point) => subtract(point, centre))
  const { v, singularValues } = singularValues3(sumOfOuter(centred, centred))
  const column = (c: 0 | 1 | 2): Vector3 => [v[0][c], v[1][c], v[2][c]]
  return {
    directions: [column(0), column(1), column(2)],
    spreadMm: [Math.sqrt(singularValues[0]), Math.sqrt(singularValues[1]), Math.sqrt(singularValues[2])],
  }
}

/** True where the points lie within a hundredth of their extent from one line (or are fewer than three). */
export function areCollinear(points: readonly Vector3[]): boolean {
  if (points.length < 3) return true
  const { spreadMm } = principalDirections(points)
  return !(spreadMm[1] > 0.01 * spreadMm[0])
}

/** Sum of a_i b_i^T. */
function sumOfOuter(a: readonly Vector3[], b: readonly Vector3[]): Matrix3 {
  const row = (r: 0 | 1 | 2): Vector3 =>
    a.reduce<Vector3>((sum, point, index) => add(sum, scale(b[index], point[r])), [0, 0, 0])
  return [row(0), row(1), row(2)]
}
