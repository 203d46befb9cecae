import { type Matrix3, type Vector3 } from '../contract/matrix.js'
import { cross, dot, norm, scale, subtract, transpose3 } from './matrix.js'

/** m = u * diag(singularValues) * v^T; u and v orthogonal (either may mirror), singular values descending. */
export interface SingularValueDecomposition3 {
  readonly u: Matrix3
  readonly singularValues: Vector3
  readonly v: Matrix3
}

const maxSweeps = 60

/** One-sided Jacobi (Hestenes 1958), which keeps small singular values accurate; vanishing ones get 0. */
export function singularValues3(m: Matrix3): SingularValueDecomposition3 {
  const columns: Vector3[] = [...transpose3(m)]
  const right: Vector3[] = [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ]
  const pairs = [
    [0, 1],
    [0, 2],
    [1, 2],
  ] as const
  for (let sweep = 0, rotated = true; rotated && sweep < maxSweeps; sweep++) {
    rotated = false
    for (const [p, q] of pairs) {
      const alpha = dot(columns[p], columns[p])
      const beta = dot(columns[q], columns[q])
      const gamma = dot(columns[p], columns[q])
      if (Math.abs(gamma) <= 1e-16 * Math.sqrt(alpha * beta)) continue
      rotated = true
      const zeta = (beta - alpha) / (2 * gamma)
      const tangent = (zeta < 0 ? -1 : 1) / (Math.abs(zeta) + Math.hypot(1, zeta))
      rotateColumns(columns, p, q, tangent)
      rotateColumns(right, p, q, tangent)
    }
  }
  const order = [0, 1, 2].sort((a, b) => norm(columns[b]) - norm(columns[a]))
  const lengths = order.map((index) => norm(columns[index]))
  const left = orthonormalLeft(
    order.map((index) => columns[index]),
    lengths,
  )
  return {
    u: transpose3(left),
    singularValues: [lengths[0], lengths[1], lengths[2]],
    v: transpose3([right[order[0]], right[order[1]], right[order[2]]]),
  }
}

function rotateColumns(columns: Vector3[], p: number, q: number, tangent: number): void {
  const cosine = 1 / Math.hypot(1, tangent)
  const sine = cosine * tangent
  const [a, b] = [columns[p], columns[q]]
  columns[p] = subtract(scale(a, cosine), scale(b, sine))
  columns[q] = subtract(scale(b, cosine), scale(a, -sine))
}

/** Unit columns; those whose singular value vanishes are chosen perpendicular to the others. */
function orthonormalLeft(columns: readonly Vector3[], lengths: readonly number[]): Matrix3 {
  const negligible = 1e-15 * lengths[0]
  const first: Vector3 = lengths[0] > 0 ? scale(columns[0], 1 / lengths[0]) : [1, 0, 0]
  const second: Vector3 =
    lengths[1] > negligible ? scale(columns[1], 1 / lengths[1]) : anyPerpendicular(first)
  const third: Vector3 = lengths[2] > negligible ? scale(columns[2], 1 / lengths[2]) : cross(first, second)
  return [first, second, third]
}

function anyPerpendicular(a: Vector3): Vector3 {
  const axis: Vector3 = Math.abs(a[0]) < 0.6 ? [1, 0, 0] : [0, 1, 0]
  const perpendicular = cross(a, axis)
  return scale(perpendicular, 1 / norm(perpendicular))
}
