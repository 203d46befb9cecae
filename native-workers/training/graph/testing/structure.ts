import { elementCount } from '../tensor.js'
import { arrayOf, broadcast, indicesOf, type NumberArray, strided, stridesOf } from './array.js'
import { type OperatorRule } from './operator.js'

const reshape: OperatorRule = ([x, target]) => {
  const asked = [...target.values].map((size, axis) => (size === 0 ? x.shape[axis] : size))
  const known = elementCount(asked.filter((size) => size !== -1))
  const shape = asked.map((size) => (size === -1 ? x.values.length / known : size))
  return arrayOf(shape, x.values)
}

const concat: OperatorRule = (parts, attributes) => {
  const axis = attributes.whole('axis')
  const shape = [...parts[0].shape]
  shape[axis] = parts.reduce((sum, part) => sum + part.shape[axis], 0)
  const values = new Float64Array(elementCount(shape))
  const rows = elementCount(shape.slice(0, axis))
  let at = 0
  for (let row = 0; row < rows; row++) {
    for (const part of parts) {
      const length = part.values.length / rows
      values.set(part.values.subarray(row * length, (row + 1) * length), at)
      at += length
    }
  }
  return { shape, values }
}

/** Bounds are whole and lie inside, as the builder writes them. */
const slice: OperatorRule = ([x, starts, ends, axes, steps]) => {
  const shape = [...x.shape]
  const own = stridesOf(x.shape)
  const strides = [...own]
  let offset = 0
  for (const [n, axis] of axes.values.entries()) {
    shape[axis] = Math.ceil((ends.values[n] - starts.values[n]) / steps.values[n])
    strides[axis] = own[axis] * steps.values[n]
    offset += own[axis] * starts.values[n]
  }
  return strided(x, shape, strides, offset)
}

const pad: OperatorRule = ([x, pads, value]) => {
  const rank = x.shape.length
  const shape = x.shape.map((size, axis) => size + pads.values[axis] + pads.values[axis + rank])
  const values = new Float64Array(elementCount(shape)).fill(value === undefined ? 0 : value.values[0])
  const strides = stridesOf(shape)
  for (const [n, index] of indicesOf(x.shape).entries()) {
    const at = index.reduce((sum, place, axis) => sum + (place + pads.values[axis]) * strides[axis], 0)
    values[at] = x.values[n]
  }
  return { shape, values }
}

const expand: OperatorRule = ([x, shape]) => broadcast(x, [...shape.values])

/** By the nearest pixel before, for whole scales: each element is repeated. The region of interest is left out. */
const resize: OperatorRule = ([x, scales], attributes) => {
  if (attributes.text('mode', 'nearest') !== 'nearest') throw new Error('Only nearest is served here.')
  const shape = x.shape.map((size, axis) => size * scales.values[axis])
  const strides = stridesOf(x.shape)
  const at = (index: readonly number[]) =>
    index.reduce((sum, n, axis) => sum + Math.floor(n / scales.values[axis]) * strides[axis], 0)
  return arrayOf(
    shape,
    indicesOf(shape).map((index) => x.values[at(index)]),
  )
}

function matrixProduct(a: NumberArray, b: NumberArray): NumberArray {
  const [rows, inner] = a.shape
  const columns = b.shape[1]
  const values = new Float64Array(rows * columns)
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      let sum = 0
      for (let n = 0; n < inner; n++) sum += a.values[row * inner + n] * b.values[n * columns + column]
      values[row * columns + column] = sum
    }
  }
  return { shape: [rows, columns], values }
}

const turned = (x: NumberArray) => strided(x, [x.shape[1], x.shape[0]], [1, x.shape[1]])

const gemm: OperatorRule = ([a, b, c], attributes) => {
  const product = matrixProduct(
    attributes.whole('transA', 0) === 1 ? turned(a) : a,
    attributes.whole('transB', 0) === 1 ? turned(b) : b,
  )
  if (c === undefined) return product
  const added = broadcast(c, product.shape).values
  return { shape: product.shape, values: product.values.map((value, n) => value + added[n]) }
}

export const structureRules: Readonly<Record<string, OperatorRule>> = {
  Reshape: reshape,
  Concat: concat,
  Slice: slice,
  Pad: pad,
  Expand: expand,
  Resize: resize,
  Gemm: gemm,
  MatMul: ([a, b]) => matrixProduct(a, b),
}
