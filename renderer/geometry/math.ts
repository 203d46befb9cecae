import type { Matrix3, Matrix4, Vector3 } from '../../native-workers/contract/matrix.js'

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
export const length = (a: Vector3): number => Math.hypot(a[0], a[1], a[2])
export const unit = (a: Vector3): Vector3 => scale(a, 1 / length(a))
export const cross = (a: Vector3, b: Vector3): Vector3 => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
]

export const transpose3 = (m: Matrix3): Matrix3 => [
  [m[0][0], m[1][0], m[2][0]],
  [m[0][1], m[1][1], m[2][1]],
  [m[0][2], m[1][2], m[2][2]],
]

/** Matrix times column vector. */
export const rotate = (m: Matrix3, v: Vector3): Vector3 => [dot(m[0], v), dot(m[1], v), dot(m[2], v)]

/** Matrix product a·b. */
export function multiply3(a: Matrix3, b: Matrix3): Matrix3 {
  const columns = transpose3(b)
  const row = (r: Vector3): Vector3 => [dot(r, columns[0]), dot(r, columns[1]), dot(r, columns[2])]
  return [row(a[0]), row(a[1]), row(a[2])]
}

export const determinant3 = (m: Matrix3): number => dot(m[0], cross(m[1], m[2]))

/** The rows must be independent. */
export function inverse3(m: Matrix3): Matrix3 {
  const determinant = determinant3(m)
  return transpose3([
    scale(cross(m[1], m[2]), 1 / determinant),
    scale(cross(m[2], m[0]), 1 / determinant),
    scale(cross(m[0], m[1]), 1 / determinant),
  ])
}

export const rotationOf = (m: Matrix4): Matrix3 => [
  [m[0][0], m[0][1], m[0][2]],
  [m[1][0], m[1][1], m[1][2]],
  [m[2][0], m[2][1], m[2][2]],
]
export const translationOf = (m: Matrix4): Vector3 => [m[0][3], m[1][3], m[2][3]]

export const compose = (r: Matrix3, t: Vector3): Matrix4 => [
  [r[0][0], r[0][1], r[0][2], t[0]],
  [r[1][0], r[1][1], r[1][2], t[1]],
  [r[2][0], r[2][1], r[2][2], t[2]],
  [0, 0, 0, 1],
]

/** Product of two affine 4x4 matrices: (a from b)·(b from c). */
export const multiply4 = (a: Matrix4, b: Matrix4): Matrix4 =>
  compose(
    multiply3(rotationOf(a), rotationOf(b)),
    add(rotate(rotationOf(a), translationOf(b)), translationOf(a)),
  )

/** Inverse of a rigid transform; the rotation block must be orthonormal. */
export function inverseRigid(m: Matrix4): Matrix4 {
  const inverseRotation = transpose3(rotationOf(m))
  return compose(inverseRotation, scale(rotate(inverseRotation, translationOf(m)), -1))
}

/** Inverse of an affine transform whose linear part has one. */
export function inverseAffine(m: Matrix4): Matrix4 {
  const inverse = inverse3(rotationOf(m))
  return compose(inverse, scale(rotate(inverse, translationOf(m)), -1))
}

export const transformPoint = (m: Matrix4, p: Vector3): Vector3 =>
  add(rotate(rotationOf(m), p), translationOf(m))

/** exp of the skew matrix of `w` (radians, right-handed) by Rodrigues' formula. */
export function rotationFromVector(w: Vector3): Matrix3 {
  const angle = length(w)
  // Series below 1e-8: sin(x)/x and (1-cos x)/x^2 are exact to float64 there.
  const a = angle < 1e-8 ? 1 : Math.sin(angle) / angle
  const b = angle < 1e-8 ? 0.5 : (1 - Math.cos(angle)) / (angle * angle)
  const [x, y, z] = w
  return [
    [1 - b * (y * y + z * z), b * x * y - a * z, b * x * z + a * y],
    [b * x * y + a * z, 1 - b * (x * x + z * z), b * y * z - a * x],
    [b * x * z - a * y, b * y * z + a * x, 1 - b * (x * x + y * y)],
  ]
}

export const radians = (degrees: number): number => (degrees * Math.PI) / 180
export const degrees = (angleRad: number): number => (angleRad * 180) / Math.PI

/** Largest absolute difference between two matrices' elements. */
export const largestDifference = (a: Matrix4, b: Matrix4): number =>
  Math.max(...a.flatMap((row, i) => row.map((value, j) => Math.abs(value - (b[i]?.[j] ?? NaN)))))
