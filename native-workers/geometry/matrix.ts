import { UserError } from '../contract/errors.js'
import { type Matrix3, type Matrix4, type Vector3 } from '../contract/matrix.js'

export const identity3: Matrix3 = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
]

export const identity4: Matrix4 = [
  [1, 0, 0, 0],
  [0, 1, 0, 0],
  [0, 0, 1, 0],
  [0, 0, 0, 1],
]

export const add = (a: Vector3, b: Vector3): Vector3 => [a[0] + b[0], a[1] + b[1], a[2] + b[2]]
export const subtract = (a: Vector3, b: Vector3): Vector3 => [a[0] - b[0], a[1] - b[1], a[2] - b[2]]
export const scale = (a: Vector3, factor: number): Vector3 => [a[0] * factor, a[1] * factor, a[2] * factor]
export const dot = (a: Vector3, b: Vector3): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
export const norm = (a: Vector3): number => Math.hypot(a[0], a[1], a[2])
export const distance = (a: Vector3, b: Vector3): number => norm(subtract(a, b))

export function cross(a: Vector3, b: Vector3): Vector3 {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]]
}

/** The unit vector along `a`; a zero vector has no direction and throws `UserError('geometry-invalid')`. */
export function normalized(a: Vector3): Vector3 {
  const length = norm(a)
  if (!(length > 0)) throw new UserError('geometry-invalid', 'A direction has zero length.')
  return scale(a, 1 / length)
}

/** The mean of at least one point. */
export function centroid(points: readonly Vector3[]): Vector3 {
  const sum = points.reduce<Vector3>((total, point) => add(total, point), [0, 0, 0])
  return scale(sum, 1 / points.length)
}

/** Matrix times column vector. */
export const multiplyVector3 = (m: Matrix3, v: Vector3): Vector3 => [dot(m[0], v), dot(m[1], v), dot(m[2], v)]

export function transpose3(m: Matrix3): Matrix3 {
  return [
    [m[0][0], m[1][0], m[2][0]],
    [m[0][1], m[1][1], m[2][1]],
    [m[0][2], m[1][2], m[2][2]],
  ]
}

export function multiply3(a: Matrix3, b: Matrix3): Matrix3 {
  const columns = transpose3(b)
  const row = (r: Vector3): Vector3 => [dot(r, columns[0]), dot(r, columns[1]), dot(r, columns[2])]
  return [row(a[0]), row(a[1]), row(a[2])]
}

export const determinant3 = (m: Matrix3): number => dot(m[0], cross(m[1], m[2]))

export const diagonal3 = (x: number, y: number, z: number): Matrix3 => [
  [x, 0, 0],
  [0, y, 0],
  [0, 0, z],
]

/** The cross-product matrix: skew3(a) b = a x b. */
export const skew3 = (a: Vector3): Matrix3 => [
  [0, -a[2], a[1]],
  [a[2], 0, -a[0]],
  [-a[1], a[0], 0],
]

/** Throws `UserError('geometry-invalid')` where the rows are dependent to 1e-12 of their lengths, or not finite. */
export function invert3(m: Matrix3, name = 'A matrix'): Matrix3 {
  const determinant = determinant3(m)
  const magnitude = norm(m[0]) * norm(m[1]) * norm(m[2])
  if (!(Math.abs(determinant) > 1e-12 * magnitude)) {
    throw new UserError(
      'geometry-invalid',
      `${name} can't be inverted: its determinant is ${String(determinant)}.`,
    )
  }
  const inverseTransposed: Matrix3 = [
    scale(cross(m[1], m[2]), 1 / determinant),
    scale(cross(m[2], m[0]), 1 / determinant),
    scale(cross(m[0], m[1]), 1 / determinant),
  ]
  return transpose3(inverseTransposed)
}

/** The upper left 3x3 block. */
export function linearPart(m: Matrix4): Matrix3 {
  const row = (r: 0 | 1 | 2): Vector3 => [m[r][0], m[r][1], m[r][2]]
  return [row(0), row(1), row(2)]
}

export const translationPart = (m: Matrix4): Vector3 => [m[0][3], m[1][3], m[2][3]]

/** [linear | translation] over 0 0 0 1. */
export function affine(linear: Matrix3, translation: Vector3): Matrix4 {
  return [
    [...linear[0], translation[0]],
    [...linear[1], translation[1]],
    [...linear[2], translation[2]],
    [0, 0, 0, 1],
  ]
}

export const translation4 = (translation: Vector3): Matrix4 => affine(identity3, translation)

/** The product of affine matrices, applied right to left: a * b. */
export function multiply4(a: Matrix4, b: Matrix4, ...rest: readonly Matrix4[]): Matrix4 {
  const product = affine(multiply3(linearPart(a), linearPart(b)), transformPoint(a, translationPart(b)))
  const [next, ...further] = rest
  return next === undefined ? product : multiply4(product, next, ...further)
}

/** A position through an affine matrix: rotated and translated. */
export const transformPoint = (m: Matrix4, point: Vector3): Vector3 => [
  m[0][0] * point[0] + m[0][1] * point[1] + m[0][2] * point[2] + m[0][3],
  m[1][0] * point[0] + m[1][1] * point[1] + m[1][2] * point[2] + m[1][3],
  m[2][0] * point[0] + m[2][1] * point[1] + m[2][2] * point[2] + m[2][3],
]

/** A difference of positions through an affine matrix: not translated. */
export const transformDirection = (m: Matrix4, direction: Vector3): Vector3 =>
  multiplyVector3(linearPart(m), direction)

/** The inverse of a rotation and translation, by the transpose. */
export function invertRigid(m: Matrix4): Matrix4 {
  const inverse = transpose3(linearPart(m))
  return affine(inverse, scale(multiplyVector3(inverse, translationPart(m)), -1))
}

/** Throws `UserError('geometry-invalid')` where the linear part is singular. */
export function invertAffine(m: Matrix4, name = 'A matrix'): Matrix4 {
  const inverse = invert3(linearPart(m), name)
  return affine(inverse, scale(multiplyVector3(inverse, translationPart(m)), -1))
}

/** Largest absolute difference of two matrices' elements. */
export function maxDifference(a: Matrix3 | Matrix4, b: Matrix3 | Matrix4): number {
  const flatB = b.flat()
  return Math.max(...a.flat().map((value, index) => Math.abs(value - flatB[index])))
}

/**
 * Throws `UserError('geometry-invalid')` unless `m` is a rotation and a translation. The tolerance lets pass
 * what calibration files written with five digits carry.
 */
export function assertRigid(m: Matrix4, name: string, tolerance = 1e-4): void {
  const refuse = (reason: string): never => {
    throw new UserError('geometry-invalid', `${name} is not a rotation and translation: ${reason}.`)
  }
  const rotation = linearPart(m)
  if (!m.flat().every(Number.isFinite)) refuse('it holds values that are not numbers')
  if (m[3].some((value, column) => value !== identity4[3][column])) refuse('its last row is not 0 0 0 1')
  if (maxDifference(multiply3(transpose3(rotation), rotation), identity3) > tolerance) {
    refuse('its columns are not perpendicular unit vectors')
  }
  if (determinant3(rotation) < 0) refuse('it mirrors (its determinant is negative)')
}
