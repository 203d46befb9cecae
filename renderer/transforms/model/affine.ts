import type { Matrix3, Matrix4, Vector3 } from '../../../native-workers/contract/matrix.js'
import {
  add,
  compose,
  determinant3,
  identity4,
  inverse3,
  largestDifference,
  length,
  multiply3,
  rotate,
  rotationOf,
  scale,
  subtract,
  transformPoint,
  transpose3,
} from '../../geometry/math.js'

/** Whether a matrix has a usable inverse: its rows are independent to 1e-9 of their lengths. */
export function isInvertible(m: Matrix4): boolean {
  const linear = rotationOf(m)
  const magnitude = length(linear[0]) * length(linear[1]) * length(linear[2])
  return m.flat().every(Number.isFinite) && Math.abs(determinant3(linear)) > 1e-9 * magnitude
}

/**
 * The nearest orthogonal matrix, by Newton's iteration for the polar decomposition (Higham 1986): a rotation, or a
 * mirror image where the determinant is negative. The matrix must be invertible.
 */
export function orthogonalPart(m: Matrix3): Matrix3 {
  let current = m
  for (let round = 0; round < 60; round++) {
    const other = transpose3(inverse3(current))
    const mean = (a: Vector3, b: Vector3): Vector3 => scale(add(a, b), 0.5)
    const next: Matrix3 = [mean(current[0], other[0]), mean(current[1], other[1]), mean(current[2], other[2])]
    const step = Math.max(...next.map((row, index) => length(subtract(row, current[index] ?? row))))
    current = next
    if (step < 1e-15) break
  }
  return current
}

/** `rigid`: a rotation and translation. `mirror`: the same of a mirror image. `affine`: it stretches or shears. */
export type MotionKind = 'identity' | 'rigid' | 'mirror' | 'affine'

/** As the engine judges it: elements that differ by less come from the rounding of files. */
const rounding = 1e-5

export function motionKind(m: Matrix4): MotionKind {
  if (largestDifference(m, identity4) === 0) return 'identity'
  const linear = rotationOf(m)
  const product = compose(multiply3(transpose3(linear), linear), [0, 0, 0])
  if (largestDifference(product, identity4) > rounding) return 'affine'
  return determinant3(linear) < 0 ? 'mirror' : 'rigid'
}

export const mirrors = (m: Matrix4): boolean => determinant3(rotationOf(m)) < 0

/** The motion without stretches and shears: a rotation or mirror image that agrees with it at `pivotMm`. */
export function rigidPart(m: Matrix4, pivotMm: Vector3): Matrix4 {
  const linear = orthogonalPart(rotationOf(m))
  return compose(linear, subtract(transformPoint(m, pivotMm), rotate(linear, pivotMm)))
}
