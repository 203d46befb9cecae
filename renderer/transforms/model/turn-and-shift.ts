import type { Matrix3, Matrix4, Vector3 } from '../../../native-workers/contract/matrix.js'
import {
  add,
  compose,
  degrees,
  determinant3,
  multiply3,
  radians,
  rotate,
  rotationFromVector,
  rotationOf,
  subtract,
  transformPoint,
  transpose3,
} from '../../geometry/math.js'
import { orthogonalPart } from './affine.js'

/**
 * A transform as a person reads it: what is left after the rotation (`shape`: stretches, shears, a mirror image of left
 * and right; the identity for rigid ones) comes first, then the turns about the patient's axes L, P and S in this
 * order, all about the pivot, then the shift of the pivot.
 */
export interface TurnAndShift {
  /** About L, P, S; right-handed, degrees. That about P lies in -90..90. */
  readonly turnDeg: Vector3
  /** LPS mm. */
  readonly shiftMm: Vector3
  readonly shape: Matrix3
}

const mirrorImage: Matrix3 = [
  [-1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
]

/** `pivotMm`: a place of the unmoved CT, LPS mm. */
export function turnAndShiftOf(movedFromVolume: Matrix4, pivotMm: Vector3): TurnAndShift {
  const linear = rotationOf(movedFromVolume)
  const orthogonal = orthogonalPart(linear)
  const rotation = determinant3(linear) < 0 ? multiply3(orthogonal, mirrorImage) : orthogonal
  return {
    turnDeg: turnsOf(rotation),
    shiftMm: subtract(transformPoint(movedFromVolume, pivotMm), pivotMm),
    shape: multiply3(transpose3(rotation), linear),
  }
}

/** Inverse of {@link turnAndShiftOf}. */
export function movedFromVolumeOf({ turnDeg, shiftMm, shape }: TurnAndShift, pivotMm: Vector3): Matrix4 {
  const linear = multiply3(rotationOfTurns(turnDeg), shape)
  return compose(linear, add(subtract(pivotMm, rotate(linear, pivotMm)), shiftMm))
}

function rotationOfTurns([l, p, s]: Vector3): Matrix3 {
  const about = (x: number, y: number, z: number) => rotationFromVector([radians(x), radians(y), radians(z)])
  return multiply3(about(0, 0, s), multiply3(about(0, p, 0), about(l, 0, 0)))
}

/** At 90° about P the other two turn alike; the whole angle is then given as that about L. */
function turnsOf(m: Matrix3): Vector3 {
  const sine = Math.min(1, Math.max(-1, -m[2][0]))
  const isLocked = Math.abs(sine) > 1 - 1e-12
  const l = isLocked ? Math.atan2(sine * m[0][1], m[1][1]) : Math.atan2(m[2][1], m[2][2])
  const s = isLocked ? 0 : Math.atan2(m[1][0], m[0][0])
  return [degrees(l), degrees(Math.asin(sine)), degrees(s)]
}

/** The transform followed by a turn about a place of the screen's world, and a shift. */
export function movedOn(
  movedFromVolume: Matrix4,
  aboutMm: Vector3,
  rotationVectorRad: Vector3,
  shiftMm: Vector3,
): Matrix4 {
  const turn = rotationFromVector(rotationVectorRad)
  const linear = multiply3(turn, rotationOf(movedFromVolume))
  const origin = transformPoint(movedFromVolume, [0, 0, 0])
  return compose(linear, add(add(aboutMm, rotate(turn, subtract(origin, aboutMm))), shiftMm))
}
