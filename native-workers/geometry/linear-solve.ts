/**
 * x of the symmetric positive definite system A x = b by Cholesky; null where A is not positive definite to
 * rounding, so that a caller can damp and try again.
 * @param matrix n rows of n; only the lower triangle is read
 */
export function solvePositiveDefinite(
  matrix: readonly (readonly number[])[],
  right: readonly number[],
): number[] | null {
  const size = right.length
  const lower: number[][] = []
  for (let r = 0; r < size; r++) {
    lower.push([])
    for (let c = 0; c <= r; c++) {
      const rest = matrix[r][c] - sumOfProducts(lower[r], lower[c], c)
      if (c < r) lower[r].push(rest / lower[c][c])
      else if (rest > 1e-14 * matrix[r][r]) lower[r].push(Math.sqrt(rest))
      else return null
    }
  }
  const forward: number[] = []
  for (let r = 0; r < size; r++) forward.push((right[r] - sumOfProducts(lower[r], forward, r)) / lower[r][r])
  const solution = [...forward]
  for (let r = size - 1; r >= 0; r--) {
    for (let below = r + 1; below < size; below++) solution[r] -= lower[below][r] * solution[below]
    solution[r] /= lower[r][r]
  }
  return solution
}

function sumOfProducts(a: readonly number[], b: readonly number[], count: number): number {
  let sum = 0
  for (let index = 0; index < count; index++) sum += a[index] * b[index]
  return sum
}
