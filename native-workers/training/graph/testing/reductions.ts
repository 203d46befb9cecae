import { broadcast, type NumberArray, strided, stridesOf } from './array.js'
import { type OperatorRule } from './operator.js'
import { elementCount } from '../tensor.js'

type RowRule = (row: Float64Array) => number

const sum: RowRule = (row) => row.reduce((total, value) => total + value, 0)
const mean: RowRule = (row) => sum(row) / row.length

/** ReduceSum takes its axes as an input (opset 13), the others as an attribute (until opset 18). */
const reduction =
  (rule: RowRule): OperatorRule =>
  ([x, axesInput], attributes) => {
    const axes = axesInput === undefined ? [...attributes.list('axes')] : [...axesInput.values]
    const keepsAxes = attributes.whole('keepdims', 1) === 1
    const kept = [...x.shape.keys()].filter((axis) => !axes.includes(axis))
    const rows = reorder(x, [...kept, ...axes])
    const length = elementCount(axes.map((axis) => x.shape[axis]))
    const shape = x.shape.flatMap((size, axis) => (axes.includes(axis) ? (keepsAxes ? [1] : []) : [size]))
    const values = new Float64Array(elementCount(shape)).map((_, n) =>
      rule(rows.values.subarray(n * length, (n + 1) * length)),
    )
    return { shape, values }
  }

function reorder(x: NumberArray, permutation: readonly number[]): NumberArray {
  const strides = stridesOf(x.shape)
  return strided(
    x,
    permutation.map((axis) => x.shape[axis]),
    permutation.map((axis) => strides[axis]),
  )
}

/** Of the last axis only. Gives mean and 1 / sqrt(variance + epsilon) too. */
const layerNormalization: OperatorRule = ([x, scale, bias], attributes) => {
  const axis = x.shape.length - 1
  if (attributes.whole('axis', -1) !== axis) throw new Error('Only the last axis is normalised here.')
  const epsilon = attributes.float('epsilon', 1e-5)
  const length = x.shape[axis]
  const perRow = [...x.shape.slice(0, axis), 1]
  const rows = Array.from({ length: elementCount(perRow) }, (_, n) =>
    x.values.subarray(n * length, (n + 1) * length),
  )
  const means = Float64Array.from(rows, mean)
  const inverses = Float64Array.from(
    rows,
    (row, n) => 1 / Math.sqrt(mean(row.map((v) => (v - means[n]) ** 2)) + epsilon),
  )
  const scales = broadcast(scale, x.shape).values
  const shifts = bias === undefined ? undefined : broadcast(bias, x.shape).values
  const values = x.values.map((value, n) => {
    const row = Math.floor(n / length)
    return (value - means[row]) * inverses[row] * scales[n] + (shifts?.[n] ?? 0)
  })
  return [
    { shape: x.shape, values },
    { shape: perRow, values: means },
    { shape: perRow, values: inverses },
  ]
}

/** Sums exp(x) over an axis, at the shape of x. */
function sumOfExponentials(x: NumberArray, axis: number): Float64Array {
  const others = [...x.shape.keys()].filter((other) => other !== axis)
  const order = [...others, axis]
  const rows = reorder({ shape: x.shape, values: x.values.map(Math.exp) }, order)
  const length = x.shape[axis]
  const sums = rows.values.map((_, n) => {
    const start = n - (n % length)
    return sum(rows.values.subarray(start, start + length))
  })
  return reorder(
    { shape: rows.shape, values: sums },
    [...order.keys()].map((place) => order.indexOf(place)),
  ).values
}

const softmax: OperatorRule = ([x], attributes) => {
  const sums = sumOfExponentials(x, attributes.whole('axis'))
  return { shape: x.shape, values: x.values.map((value, n) => Math.exp(value) / sums[n]) }
}

const logSoftmax: OperatorRule = ([x], attributes) => {
  const sums = sumOfExponentials(x, attributes.whole('axis'))
  return { shape: x.shape, values: x.values.map((value, n) => value - Math.log(sums[n])) }
}

export const reductionRules: Readonly<Record<string, OperatorRule>> = {
  ReduceSum: reduction(sum),
  ReduceMean: reduction(mean),
  ReduceSumSquare: reduction((row) => sum(row.map((value) => value * value))),
  LayerNormalization: layerNormalization,
  Softmax: softmax,
  LogSoftmax: logSoftmax,
  Transpose: ([x], attributes) => reorder(x, attributes.list('perm')),
}
