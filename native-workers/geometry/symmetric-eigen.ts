/** Eigenvalues ascending, with unit eigenvectors of the same index. */
export interface SymmetricEigen {
  readonly values: readonly number[]
  readonly vectors: readonly (readonly number[])[]
}

const maxSweeps = 60

/** Eigenvalues of a small symmetric matrix (n rows of n) by cyclic Jacobi rotations (Golub & Van Loan §8.5). */
export function symmetricEigen(matrix: readonly (readonly number[])[]): SymmetricEigen {
  const size = matrix.length
  const a = matrix.map((row) => [...row])
  const vectors = a.map((_, r) => a.map((__, c) => (r === c ? 1 : 0)))
  const total = Math.hypot(...a.flat())
  const offDiagonal = () => Math.hypot(...a.flatMap((row, r) => row.filter((_, c) => c !== r)))
  for (let sweep = 0; sweep < maxSweeps && offDiagonal() > 1e-300 + 1e-17 * total; sweep++) {
    for (let p = 0; p < size - 1; p++) {
      for (let q = p + 1; q < size; q++) rotate(a, vectors, p, q)
    }
  }
  const order = a.map((_, index) => index).sort((i, j) => a[i][i] - a[j][j])
  return { values: order.map((i) => a[i][i]), vectors: order.map((i) => vectors[i]) }
}

/** One rotation that makes a[p][q] vanish; `vectors` holds the eigenvectors as rows. */
function rotate(a: number[][], vectors: number[][], p: number, q: number): void {
  if (a[p][q] === 0) return
  const theta = (a[q][q] - a[p][p]) / (2 * a[p][q])
  const tangent = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.hypot(1, theta))
  const cosine = 1 / Math.hypot(1, tangent)
  const sine = tangent * cosine
  const mix = (x: number[], y: number[], k: number) => {
    const [xk, yk] = [x[k], y[k]]
    x[k] = cosine * xk - sine * yk
    y[k] = sine * xk + cosine * yk
  }
  for (let k = 0; k < a.length; k++) mix(a[p], a[q], k)
  for (const row of a) {
    const [ap, aq] = [row[p], row[q]]
    row[p] = cosine * ap - sine * aq
    row[q] = sine * ap + cosine * aq
  }
  for (let k = 0; k < a.length; k++) mix(vectors[p], vectors[q], k)
  a[p][q] = 0
  a[q][p] = 0
}
