import type { Matrix4 } from '../../../native-workers/contract/matrix.js'
import { matrix4Of } from '../../geometry/matrix4-of.js'
import { isInvertible } from './affine.js'

/** What keeps a text from being read as a matrix. */
export type MatrixRefusal =
  | { readonly kind: 'file' }
  | { readonly kind: 'count'; readonly found: number }
  | { readonly kind: 'last-row' }
  | { readonly kind: 'singular' }

export type ReadMatrix =
  | {
      readonly kind: 'read'
      readonly matrix: Matrix4
      /** The numbers stood column after column, as graphics libraries hold them. */
      readonly byColumns: boolean
    }
  | { readonly kind: 'refused'; readonly refusal: MatrixRefusal }

const refused = (refusal: MatrixRefusal): ReadMatrix => ({ kind: 'refused', refusal })
const number = /[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?/g

/**
 * An affine matrix from sixteen numbers (or twelve: three rows) in rows, separated by blanks, commas, semicolons,
 * brackets or lines, as 3D Slicer, NumPy, MATLAB, JSON and C print them. Column after column is told by where 0 0 0 1
 * stands. A text that could be both is taken by rows.
 */
export function matrixFromText(source: string): ReadMatrix {
  if (source.includes('#Insight Transform File')) return refused({ kind: 'file' })
  // Type names such as float64 and schema names such as pose@1 are no numbers of the matrix.
  const values = (
    source.replace(/[A-Za-z_@][\w@]*/g, (word) => (/^[eE]\d*$/.test(word) ? word : ' ')).match(number) ?? []
  ).map(Number)
  if (values.length === 12) values.push(0, 0, 0, 1)
  if (values.length !== 16) return refused({ kind: 'count', found: values.length })
  const rows = [0, 4, 8, 12].map((start) => values.slice(start, start + 4))
  const columns = [0, 1, 2, 3].map((column) => rows.map((row) => row[column] ?? NaN))
  const byColumns = !isLastRow(rows[3])
  if (byColumns && !isLastRow(columns[3])) return refused({ kind: 'last-row' })
  const matrix = matrix4Of(byColumns ? columns : rows)
  if (matrix === null || !isInvertible(matrix)) return refused({ kind: 'singular' })
  return { kind: 'read', matrix: [matrix[0], matrix[1], matrix[2], [0, 0, 0, 1]], byColumns }
}

const isLastRow = (row: readonly number[] | undefined): boolean =>
  row !== undefined && [0, 0, 0, 1].every((value, index) => Math.abs((row[index] ?? NaN) - value) < 1e-9)

/** Four rows of four, in full precision. */
export const matrixText = (matrix: Matrix4): string => matrix.map((row) => row.join(' ')).join('\n')
