import { UserError } from '../contract/errors.js'
import { type Matrix3, type Matrix4, type Vector3 } from '../contract/matrix.js'
import {
  add,
  affine,
  determinant3,
  diagonal3,
  identity3,
  linearPart,
  multiply3,
  multiplyVector3,
  norm,
  scale,
  skew3,
  subtract,
  translationPart,
  transpose3,
} from './matrix.js'
import { quaternionFromRotation, rotationFromQuaternion } from './rotations/quaternion.js'
import { singularValues3 } from './singular-values.js'

/** exp of so(3): the rotation about `rotationVector` by its length in radians. */
export function rotationFromVector(rotationVector: Vector3): Matrix3 {
  const angle = norm(rotationVector)
  const [x, y, z] = scale(rotationVector, halfSinc(angle))
  return rotationFromQuaternion([Math.cos(angle / 2), x, y, z])
}

/** log of SO(3): axis times angle, 0..pi radians; at pi either of the two opposite axes. */
export function vectorFromRotation(rotation: Matrix3): Vector3 {
  const [w, x, y, z] = quaternionFromRotation(rotation)
  const sine = Math.hypot(x, y, z)
  return scale([x, y, z], sine === 0 ? 2 : (2 * Math.atan2(sine, w)) / sine)
}

/** The angle of a rotation, 0..pi radians. */
export const rotationAngleRad = (rotation: Matrix3): number => norm(vectorFromRotation(rotation))

/**
 * exp of se(3) for a rotation vector (rad) and the tangent translation (mm), which moves along the screw; it is
 * not the translation column of the result.
 */
export function rigidFromTwist(rotationVector: Vector3, tangentTranslation: Vector3): Matrix4 {
  const angle = norm(rotationVector)
  const w = skew3(rotationVector)
  const first = angle < 1e-4 ? 0.5 - angle ** 2 / 24 : (1 - Math.cos(angle)) / angle ** 2
  const second =
    angle < 1e-2 ? 1 / 6 - angle ** 2 / 120 + angle ** 4 / 5040 : (angle - Math.sin(angle)) / angle ** 3
  const v = sumOfPowers(w, first, second)
  return affine(rotationFromVector(rotationVector), multiplyVector3(v, tangentTranslation))
}

/** log of SE(3); the inverse of `rigidFromTwist`. */
export function twistFromRigid(rigid: Matrix4): { rotationVector: Vector3; tangentTranslation: Vector3 } {
  const rotationVector = vectorFromRotation(linearPart(rigid))
  const angle = norm(rotationVector)
  const half = angle / 2
  const second =
    angle < 1e-2 ? 1 / 12 + angle ** 2 / 720 + angle ** 4 / 30240 : (1 - half / Math.tan(half)) / angle ** 2
  const inverseV = sumOfPowers(skew3(rotationVector), -0.5, second)
  return { rotationVector, tangentTranslation: multiplyVector3(inverseV, translationPart(rigid)) }
}

/**
 * The motion x -> R (x - centre) + centre + axes * translation with R = exp(axes * rotationVector).
 * @param centre mm, stays in place but for the translation
 * @param axes columns are the unit directions in which rotationVector (rad) and translation (mm) are given
 */
export function twistAbout(
  centre: Vector3,
  axes: Matrix3,
  rotationVector: Vector3,
  translation: Vector3,
): Matrix4 {
  const rotation = rotationFromVector(multiplyVector3(axes, rotationVector))
  const shift = add(subtract(centre, multiplyVector3(rotation, centre)), multiplyVector3(axes, translation))
  return affine(rotation, shift)
}

/**
 * The rotation closest to `m` in the Frobenius norm (Kabsch/Umeyama: the last singular direction is turned
 * where `m` mirrors). Throws `UserError('geometry-invalid')` where the rank of `m` is below two.
 */
export function nearestRotation(m: Matrix3): Matrix3 {
  const { u, singularValues, v } = singularValues3(m)
  if (!(singularValues[1] > 1e-12 * singularValues[0])) {
    throw new UserError(
      'geometry-invalid',
      'The matrix has no single nearest rotation: its rows are parallel or zero.',
    )
  }
  const sign = determinant3(u) * determinant3(v) < 0 ? -1 : 1
  return multiply3(multiply3(u, diagonal3(1, 1, sign)), transpose3(v))
}

/** sin(angle / 2) / angle. */
const halfSinc = (angle: number): number =>
  angle < 1e-6 ? 0.5 - angle ** 2 / 48 : Math.sin(angle / 2) / angle

/** I + first * w + second * w^2 */
function sumOfPowers(w: Matrix3, first: number, second: number): Matrix3 {
  const squared = multiply3(w, w)
  const row = (r: 0 | 1 | 2): Vector3 => add(identity3[r], add(scale(w[r], first), scale(squared[r], second)))
  return [row(0), row(1), row(2)]
}
