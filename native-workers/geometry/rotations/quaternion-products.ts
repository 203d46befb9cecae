import { UserError } from '../../contract/errors.js'
import { type Matrix3 } from '../../contract/matrix.js'
import { symmetricEigen } from '../symmetric-eigen.js'
import { quaternionFromRotation, rotationFromQuaternion, type Quaternion } from './quaternion.js'

/*
 * Two ten-number forms of a rotation, both the upper triangle (row by row) of a symmetric 4x4 matrix over the
 * quaternion w, x, y, z. They are smooth where four-number quaternions jump.
 */

type Symmetric4 = readonly (readonly number[])[]

/** rotation_10d (Peretroukhin et al. 2020): the quaternion is the eigenvector of the smallest eigenvalue. */
export function rotationFromSymmetricMatrix(components: readonly number[]): Matrix3 {
  const [w, x, y, z] = symmetricEigen(symmetricFromUpper(components)).vectors[0]
  return rotationFromQuaternion([w, x, y, z])
}

/** The symmetric matrix -q q^T, whose smallest eigenvalue is -1 along q. */
export const symmetricMatrixFromRotation = (rotation: Matrix3): readonly number[] =>
  upperOfProduct(quaternionFromRotation(rotation)).map((value) => -value)

/** quaternion_adjugate (Lin, Hanson & Hanson 2023): the quaternion is the longest column of q q^T. */
export function rotationFromAdjugate(components: readonly number[]): Matrix3 {
  const rows = symmetricFromUpper(components)
  const [w, x, y, z] = rows.reduce((longest, row) =>
    Math.hypot(...row) > Math.hypot(...longest) ? row : longest,
  )
  return rotationFromQuaternion([w, x, y, z])
}

export const adjugateFromRotation = (rotation: Matrix3): readonly number[] =>
  upperOfProduct(quaternionFromRotation(rotation))

function upperOfProduct(quaternion: Quaternion): number[] {
  return quaternion.flatMap((a, row) => quaternion.slice(row).map((b) => a * b))
}

function symmetricFromUpper(components: readonly number[]): Symmetric4 {
  if (components.length !== 10) {
    throw new UserError(
      'input-invalid',
      `A rotation of this form has 10 numbers, not ${String(components.length)}.`,
    )
  }
  const [a, b, c, d, e, f, g, h, i, j] = components
  return [
    [a, b, c, d],
    [b, e, f, g],
    [c, f, h, i],
    [d, g, i, j],
  ]
}
