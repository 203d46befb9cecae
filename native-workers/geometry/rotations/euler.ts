import { UserError } from '../../contract/errors.js'
import { type Matrix3, type Vector3 } from '../../contract/matrix.js'
import { cross, dot, identity3, multiply3, multiplyVector3, scale, skew3, transpose3 } from '../matrix.js'

const axisOf = { X: identity3[0], Y: identity3[1], Z: identity3[2] } as const
type AxisName = keyof typeof axisOf
type Turn = (angleRad: number) => Matrix3

const degreesPerRadian = 180 / Math.PI
export const toRadians = (angleDeg: number): number => angleDeg / degreesPerRadian
export const toDegrees = (angleRad: number): number => angleRad * degreesPerRadian

/**
 * The product of three active turns about fixed names of axes, left to right: "ZXY" is Rz(a) Rx(b) Ry(c).
 * Any of the twelve sequences without equal neighbours, Tait-Bryan or proper; another string throws
 * `UserError('input-invalid')`.
 */
export function rotationFromEuler(convention: string, anglesRad: Vector3): Matrix3 {
  const [first, second, third] = turns(convention)
  return multiply3(multiply3(first(anglesRad[0]), second(anglesRad[1])), third(anglesRad[2]))
}

/**
 * The angles (rad) of a rotation, the middle one in -pi/2..pi/2 (Tait-Bryan) or 0..pi (proper). Where the outer
 * axes coincide only a sum of angles is determined and the last angle is returned as 0.
 */
export function eulerFromRotation(convention: string, rotation: Matrix3): Vector3 {
  const [i, j, k] = parseConvention(convention).map((name) => axisOf[name])
  const proper = dot(i, k) === 1
  // The axis that completes i, j to a right-handed frame, up to `parity`.
  const completing = proper ? cross(i, j) : k
  const parity = dot(cross(i, j), completing)
  const element = (row: Vector3, column: Vector3) => dot(row, multiplyVector3(rotation, column))

  // The first axis' image of the last axis, in the frame of i, j and the completing axis, holds the first two angles.
  const along = element(i, k)
  const beside = proper ? element(j, k) : -parity * element(j, k)
  const across = proper ? -parity * element(completing, k) : element(completing, k)
  const radius = Math.hypot(beside, across)
  const middle = proper ? Math.atan2(radius, along) : Math.atan2(parity * along, radius)
  const first = radius < gimbalRadius ? gimbalAngle(rotation, i, j, middle) : Math.atan2(beside, across)
  if (radius < gimbalRadius) return [first, middle, 0]

  const [turnFirst, turnSecond] = turns(convention)
  const rest = multiply3(transpose3(multiply3(turnFirst(first), turnSecond(middle))), rotation)
  const start = cross(k, j)
  const end = multiplyVector3(rest, start)
  return [first, middle, Math.atan2(dot(cross(start, end), k), dot(start, end))]
}

/** Below this sine the outer axes are taken to coincide; float64 leaves the single angles meaningless there. */
const gimbalRadius = 1e-14

/** The first angle when the last is 0: what remains after the middle turn is undone. */
function gimbalAngle(rotation: Matrix3, i: Vector3, j: Vector3, middle: number): number {
  const rest = multiply3(rotation, transpose3(turnAbout(j)(middle)))
  return Math.atan2(dot(multiplyVector3(rest, j), cross(i, j)), dot(multiplyVector3(rest, j), j))
}

/** Rodrigues' formula about a unit axis. */
const turnAbout =
  (axis: Vector3): Turn =>
  (angleRad) => {
    const w = skew3(axis)
    const squared = multiply3(w, w)
    const row = (r: 0 | 1 | 2): Vector3 => {
      const [a, b] = [scale(w[r], Math.sin(angleRad)), scale(squared[r], 1 - Math.cos(angleRad))]
      return [identity3[r][0] + a[0] + b[0], identity3[r][1] + a[1] + b[1], identity3[r][2] + a[2] + b[2]]
    }
    return [row(0), row(1), row(2)]
  }

const turns = (convention: string): readonly [Turn, Turn, Turn] => {
  const [i, j, k] = parseConvention(convention)
  return [turnAbout(axisOf[i]), turnAbout(axisOf[j]), turnAbout(axisOf[k])]
}

function parseConvention(convention: string): readonly [AxisName, AxisName, AxisName] {
  const isAxis = (name: string): name is AxisName => name in axisOf
  const names = Array.from(convention).filter(isAxis)
  if (convention.length !== 3 || names.length !== 3 || names[0] === names[1] || names[1] === names[2]) {
    throw new UserError(
      'input-invalid',
      `"${convention}" is not an order of rotation axes.`,
      'Give three of X, Y, Z with no two neighbours equal, e.g. ZXY.',
    )
  }
  return [names[0], names[1], names[2]]
}
