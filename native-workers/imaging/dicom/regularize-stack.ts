import { type Vector2 } from '../../contract/matrix.js'
import { type VoxelArray } from '../volume.js'
import { valueRange, zerosLike } from '../voxel-values.js'

/** Slices of equal size, columns fastest, slice after slice. */
export interface SliceStack {
  readonly columns: number
  readonly rows: number
  readonly voxels: VoxelArray
}

const isInteger = (voxels: VoxelArray) => !(voxels instanceof Float32Array || voxels instanceof Float64Array)

/**
 * Moves every slice back by its drift, by linear interpolation within the slice, onto a common enlarged grid whose
 * first pixel lies at `originShiftMm` from the first slice's. Pixels without a source get the stack's least value (air).
 */
export function straightenSlices(
  { columns, rows, voxels }: SliceStack,
  driftMm: readonly Vector2[],
  pixelSpacingMm: Vector2,
): SliceStack & { readonly originShiftMm: Vector2 } {
  const extent = (axis: 0 | 1): [number, number] => {
    const values = driftMm.map((drift) => drift[axis])
    return [Math.min(...values), Math.max(...values)]
  }
  const [[leastColumn, greatestColumn], [leastRow, greatestRow]] = [extent(0), extent(1)]
  const extra = (least: number, greatest: number, spacing: number) =>
    Math.ceil((greatest - least) / spacing - 1e-6)
  const newColumns = columns + extra(leastColumn, greatestColumn, pixelSpacingMm[0])
  const newRows = rows + extra(leastRow, greatestRow, pixelSpacingMm[1])
  const air = valueRange(voxels)[0]
  const output = zerosLike(voxels, newColumns * newRows * driftMm.length)
  const finish = isInteger(voxels) ? Math.round : (value: number) => value
  for (const [slice, drift] of driftMm.entries()) {
    const shiftColumns = (drift[0] - leastColumn) / pixelSpacingMm[0]
    const shiftRows = (drift[1] - leastRow) / pixelSpacingMm[1]
    const base = slice * columns * rows
    const sample = (column: number, row: number) =>
      column < 0 || row < 0 || column >= columns || row >= rows ? air : voxels[base + column + columns * row]
    const firstColumn = Math.floor(-shiftColumns)
    const firstRow = Math.floor(-shiftRows)
    const weightColumn = -shiftColumns - firstColumn
    const weightRow = -shiftRows - firstRow
    let target = slice * newColumns * newRows
    for (let row = firstRow; row < firstRow + newRows; row++) {
      for (let column = firstColumn; column < firstColumn + newColumns; column++) {
        const upper = (1 - weightColumn) * sample(column, row) + weightColumn * sample(column + 1, row)
        const lower =
          (1 - weightColumn) * sample(column, row + 1) + weightColumn * sample(column + 1, row + 1)
        output[target++] = finish((1 - weightRow) * upper + weightRow * lower)
      }
    }
  }
  return { columns: newColumns, rows: newRows, voxels: output, originShiftMm: [leastColumn, leastRow] }
}

/** Places of evenly spaced slices over the same extent, about `stepMm` apart. */
export function evenDistances(
  distancesMm: readonly number[],
  stepMm: number,
): { count: number; stepMm: number } {
  const lengthMm = distancesMm.at(-1) ?? 0
  const count = Math.max(2, Math.round(lengthMm / stepMm) + 1)
  return { count, stepMm: lengthMm / (count - 1) }
}

/** Interpolates slices linearly between their true places onto `count` even places, the first and last unchanged. */
export function spaceEvenly(
  { columns, rows, voxels }: SliceStack,
  distancesMm: readonly number[],
  count: number,
): SliceStack {
  const pixels = columns * rows
  const output = zerosLike(voxels, pixels * count)
  const finish = isInteger(voxels) ? Math.round : (value: number) => value
  const lengthMm = distancesMm.at(-1) ?? 0
  let lower = 0
  for (let slice = 0; slice < count; slice++) {
    const distance = (lengthMm * slice) / (count - 1)
    while (lower < distancesMm.length - 2 && (distancesMm[lower + 1] ?? Infinity) <= distance) lower++
    const from = distancesMm[lower] ?? 0
    const to = distancesMm[lower + 1] ?? from
    const weight = to > from ? Math.min(1, Math.max(0, (distance - from) / (to - from))) : 0
    const a = lower * pixels
    const b = a + pixels
    const target = slice * pixels
    for (let pixel = 0; pixel < pixels; pixel++) {
      output[target + pixel] = finish((1 - weight) * voxels[a + pixel] + weight * voxels[b + pixel])
    }
  }
  return { columns, rows, voxels: output }
}
