import { elementCount } from '../tensor.js'

/** A tensor's values in float64, row-major; whole numbers and truth values (0, 1) too. */
export interface NumberArray {
  readonly shape: readonly number[]
  readonly values: Float64Array
}

export function arrayOf(shape: readonly number[], values: Iterable<number>): NumberArray {
  const array = { shape, values: Float64Array.from(values) }
  if (array.values.length !== elementCount(shape)) {
    throw new Error(`[${shape.join(', ')}] does not hold ${array.values.length} values.`)
  }
  return array
}

/** Steps in a row-major array from one element to the next along each axis. */
export function stridesOf(shape: readonly number[]): number[] {
  return shape.map((_, axis) => elementCount(shape.slice(axis + 1)))
}

/** All indices of a shape, row-major. */
export function indicesOf(shape: readonly number[]): number[][] {
  return shape.reduce<number[][]>(
    (indices, size) => indices.flatMap((index) => Array.from({ length: size }, (_, n) => [...index, n])),
    [[]],
  )
}

/** An array whose element at an index is found in `source` at offset + sum of index times strides. */
export function strided(
  source: NumberArray,
  shape: readonly number[],
  strides: readonly number[],
  offset = 0,
): NumberArray {
  const values = new Float64Array(elementCount(shape))
  const index = shape.map(() => 0)
  let at = offset
  for (let n = 0; n < values.length; n++) {
    values[n] = source.values[at]
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      at += strides[axis]
      if (++index[axis] < shape[axis]) break
      at -= strides[axis] * shape[axis]
      index[axis] = 0
    }
  }
  return { shape, values }
}

/** NumPy's broadcasting. */
export function broadcast(source: NumberArray, shape: readonly number[]): NumberArray {
  const lead = shape.length - source.shape.length
  const own = stridesOf(source.shape)
  const strides = shape.map((_, axis) =>
    axis < lead || source.shape[axis - lead] === 1 ? 0 : own[axis - lead],
  )
  return strided(source, shape, strides)
}
