import { UserError } from '../../contract/errors.js'
import { type Matrix3 } from '../../contract/matrix.js'

/** Scalar first: [w, x, y, z]. */
export type Quaternion = readonly [number, number, number, number]

/** The rotation of a quaternion of any length but zero (`UserError('geometry-invalid')`); q and -q agree. */
export function rotationFromQuaternion([w, x, y, z]: Quaternion): Matrix3 {
  const squaredNorm = w * w + x * x + y * y + z * z
  if (!(squaredNorm > 0))
    throw new UserError('geometry-invalid', 'A quaternion of zero length is no rotation.')
  const s = 2 / squaredNorm
  return [
    [1 - s * (y * y + z * z), s * (x * y - w * z), s * (x * z + w * y)],
    [s * (x * y + w * z), 1 - s * (x * x + z * z), s * (y * z - w * x)],
    [s * (x * z - w * y), s * (y * z + w * x), 1 - s * (x * x + y * y)],
  ]
}

/** The unit quaternion with w >= 0. Divides by its largest component, so no angle is ill-conditioned. */
export function quaternionFromRotation(r: Matrix3): Quaternion {
  // Row i of the symmetric matrix 4 q q^T, from sums and differences of the rotation's elements.
  const rows: readonly Quaternion[] = [
    [1 + r[0][0] + r[1][1] + r[2][2], r[2][1] - r[1][2], r[0][2] - r[2][0], r[1][0] - r[0][1]],
    [r[2][1] - r[1][2], 1 + r[0][0] - r[1][1] - r[2][2], r[0][1] + r[1][0], r[0][2] + r[2][0]],
    [r[0][2] - r[2][0], r[0][1] + r[1][0], 1 - r[0][0] + r[1][1] - r[2][2], r[1][2] + r[2][1]],
    [r[1][0] - r[0][1], r[0][2] + r[2][0], r[1][2] + r[2][1], 1 - r[0][0] - r[1][1] + r[2][2]],
  ]
  const largest = rows.reduce((best, row, index) => (row[index] > rows[best][best] ? index : best), 0)
  const [w, x, y, z] = rows[largest]
  const signedLength = Math.hypot(w, x, y, z) * (w < 0 ? -1 : 1)
  return [w / signedLength, x / signedLength, y / signedLength, z / signedLength]
}
