import { matrix4Schema, type Matrix4 } from '../../native-workers/contract/matrix.js'
import { inverseRigid, identity4, largestDifference, multiply4 } from './math.js'

/** Rows of numbers as a 4x4 matrix; null when they are not four rows of four finite numbers. */
export function matrix4Of(rows: unknown): Matrix4 | null {
  const parsed = matrix4Schema.safeParse(rows)
  return parsed.success ? parsed.data : null
}

/**
 * A rigid 4x4 matrix from text: sixteen numbers in rows, or JSON that holds four rows of four (a pose file's
 * content included). Null when it is none, or when its rotation block is not orthonormal to 1e-3.
 */
export function rigidFromText(source: string): Matrix4 | null {
  // The schema names in a pose file end in "@1"; only the matrix' own brackets may count.
  const bracketed = /\[\s*\[[^\]]*\](\s*,\s*\[[^\]]*\]){3}\s*\]/.exec(source)
  if (bracketed !== null) {
    return fromJson(bracketed[0])
  }
  const values = source.match(/[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?/g)?.map(Number) ?? []
  if (values.length !== 16) return null
  return checkedRigid([0, 4, 8, 12].map((start) => values.slice(start, start + 4)))
}

function fromJson(source: string): Matrix4 | null {
  try {
    return checkedRigid(JSON.parse(source))
  } catch {
    return null
  }
}

function checkedRigid(rows: unknown): Matrix4 | null {
  const m = matrix4Of(rows)
  if (m === null || m[3].some((value, i) => Math.abs(value - (i === 3 ? 1 : 0)) > 1e-9)) return null
  return largestDifference(multiply4(m, inverseRigid(m)), identity4) < 1e-3 ? m : null
}
