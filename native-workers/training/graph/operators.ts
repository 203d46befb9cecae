import { type GraphBuilder } from './graph-builder.js'
import { broadcastShape, elementCount, type Tensor } from './tensor.js'

/*
 * ONNX's operators (opset 17) as functions that know the shapes of what they give. Only what the layers need.
 */

const unary = (operator: string) => (graph: GraphBuilder, x: Tensor) => graph.node(operator, [x], x.shape)

export const relu = unary('Relu')
export const sqrt = unary('Sqrt')
export const reciprocal = unary('Reciprocal')
export const sigmoid = unary('Sigmoid')
export const sign = unary('Sign')
export const abs = unary('Abs')
export const tanh = unary('Tanh')
export const erf = unary('Erf')
export const exp = unary('Exp')

const binary = (operator: string) => (graph: GraphBuilder, a: Tensor, b: Tensor) =>
  graph.node(operator, [a, b], broadcastShape(a.shape, b.shape))

export const add = binary('Add')
export const subtract = binary('Sub')
export const multiply = binary('Mul')
export const divide = binary('Div')
export const minimum = binary('Min')
export const maximum = binary('Max')

const comparison = (operator: string) => (graph: GraphBuilder, a: Tensor, b: Tensor) =>
  graph.node(operator, [a, b], broadcastShape(a.shape, b.shape), {}, 'bool')

export const greater = comparison('Greater')
export const equal = comparison('Equal')

export function where(graph: GraphBuilder, condition: Tensor, yes: Tensor, no: Tensor): Tensor {
  const shape = broadcastShape(condition.shape, broadcastShape(yes.shape, no.shape))
  return graph.node('Where', [condition, yes, no], shape)
}

/** Where the first size stays, ONNX is told so, and the graph serves any batch. */
export function reshape(graph: GraphBuilder, x: Tensor, shape: readonly number[]): Tensor {
  if (elementCount(shape) !== elementCount(x.shape)) {
    throw new Error(`[${x.shape.join(', ')}] has not as many elements as [${shape.join(', ')}].`)
  }
  const keepsFirst = shape.length > 0 && shape[0] === x.shape[0]
  const target = shape.map((size, axis) => (axis === 0 && keepsFirst ? 0 : size))
  return graph.node('Reshape', [x, graph.integers(target)], shape)
}

export function transpose(graph: GraphBuilder, x: Tensor, permutation: readonly number[]): Tensor {
  return graph.node(
    'Transpose',
    [x],
    permutation.map((axis) => x.shape[axis]),
    { perm: permutation },
  )
}

/** Swaps the first two axes: samples and channels, or a weight's outputs and inputs. */
export function swapFirstAxes(graph: GraphBuilder, x: Tensor): Tensor {
  return transpose(graph, x, [1, 0, ...[...x.shape.keys()].slice(2)])
}

export function concatenate(graph: GraphBuilder, parts: readonly Tensor[], axis: number): Tensor {
  if (parts.length === 1) return parts[0]
  const shape = [...parts[0].shape]
  shape[axis] = parts.reduce((sum, part) => sum + part.shape[axis], 0)
  return graph.node('Concat', parts, shape, { axis })
}

export interface SliceBounds {
  readonly axes: readonly number[]
  readonly starts: readonly number[]
  readonly ends: readonly number[]
  readonly steps: readonly number[]
}

export function slice(graph: GraphBuilder, x: Tensor, { axes, starts, ends, steps }: SliceBounds): Tensor {
  const shape = [...x.shape]
  axes.forEach((axis, n) => {
    shape[axis] = Math.ceil((ends[n] - starts[n]) / steps[n])
  })
  const bounds = [starts, ends, axes, steps].map((values) => graph.integers(values))
  return graph.node('Slice', [x, ...bounds], shape)
}

/** Pads the spatial axes of [batch, channels, ...spatial] with a value. */
export function padSpatial(
  graph: GraphBuilder,
  x: Tensor,
  before: readonly number[],
  after: readonly number[],
  value = 0,
): Tensor {
  if ([...before, ...after].every((size) => size === 0)) return x
  const shape = x.shape.map((size, axis) => (axis < 2 ? size : size + before[axis - 2] + after[axis - 2]))
  const pads = graph.integers([0, 0, ...before, 0, 0, ...after])
  return graph.node('Pad', value === 0 ? [x, pads] : [x, pads, graph.constant([value])], shape)
}

function reducedShape(x: Tensor, axes: readonly number[], keepAxes: boolean): number[] {
  return x.shape.flatMap((size, axis) => (axes.includes(axis) ? (keepAxes ? [1] : []) : [size]))
}

export function reduceSum(graph: GraphBuilder, x: Tensor, axes: readonly number[], keepAxes = true): Tensor {
  const shape = reducedShape(x, axes, keepAxes)
  return graph.node('ReduceSum', [x, graph.integers(axes)], shape, { keepdims: keepAxes ? 1 : 0 })
}

const reduction =
  (operator: string) =>
  (graph: GraphBuilder, x: Tensor, axes: readonly number[], keepAxes = true): Tensor =>
    graph.node(operator, [x], reducedShape(x, axes, keepAxes), { axes, keepdims: keepAxes ? 1 : 0 })

export const reduceMean = reduction('ReduceMean')
export const reduceSumSquare = reduction('ReduceSumSquare')

export interface GemmOptions {
  readonly transA?: boolean
  readonly transB?: boolean
  /** Added to the product; broadcast. */
  readonly c?: Tensor
}

/** Product of two matrices, either of them transposed. */
export function gemm(graph: GraphBuilder, a: Tensor, b: Tensor, options: GemmOptions = {}): Tensor {
  const { transA = false, transB = false, c } = options
  const rows = a.shape[transA ? 1 : 0]
  const columns = b.shape[transB ? 0 : 1]
  if (a.shape[transA ? 0 : 1] !== b.shape[transB ? 1 : 0])
    throw new Error('The matrices do not fit together.')
  return graph.node('Gemm', c === undefined ? [a, b] : [a, b, c], [rows, columns], {
    transA: transA ? 1 : 0,
    transB: transB ? 1 : 0,
  })
}

/** Product of two matrices. */
export const matrixProduct = (graph: GraphBuilder, a: Tensor, b: Tensor): Tensor =>
  graph.node('MatMul', [a, b], [a.shape[0], b.shape[1]])

export interface Window {
  readonly kernel: readonly number[]
  readonly strides: readonly number[]
  /** At both ends of each spatial axis alike. */
  readonly padding: readonly number[]
}

export const windowOutput = (size: number, kernel: number, stride: number, padding: number): number =>
  Math.floor((size + 2 * padding - kernel) / stride) + 1

function windowAttributes({ kernel, strides, padding }: Window) {
  return { kernel_shape: kernel, strides, pads: [...padding, ...padding] }
}

/** Cross-correlation of x [batch, in, ...spatial] with weights [out, in, ...kernel]. */
export function convolve(
  graph: GraphBuilder,
  x: Tensor,
  weights: Tensor,
  bias: Tensor | null,
  window: Omit<Window, 'kernel'>,
): Tensor {
  const kernel = weights.shape.slice(2)
  const spatial = x.shape
    .slice(2)
    .map((size, n) => windowOutput(size, kernel[n], window.strides[n], window.padding[n]))
  const inputs = bias === null ? [x, weights] : [x, weights, bias]
  const shape = [x.shape[0], weights.shape[0], ...spatial]
  return graph.node('Conv', inputs, shape, windowAttributes({ kernel, ...window }))
}

/** The adjoint of `convolve` in x, for the spatial sizes that x had; weights [in, out, ...kernel]. */
export function convolveTransposed(
  graph: GraphBuilder,
  y: Tensor,
  weights: Tensor,
  window: Omit<Window, 'kernel'>,
  spatial: readonly number[],
  groups = 1,
): Tensor {
  const kernel = weights.shape.slice(2)
  const outputPadding = spatial.map(
    (size, n) => size - ((y.shape[2 + n] - 1) * window.strides[n] - 2 * window.padding[n] + kernel[n]),
  )
  return graph.node('ConvTranspose', [y, weights], [y.shape[0], weights.shape[1] * groups, ...spatial], {
    ...windowAttributes({ kernel, ...window }),
    output_padding: outputPadding,
    group: groups,
  })
}

export function maxPool(graph: GraphBuilder, x: Tensor, window: Window): Tensor {
  const { kernel, strides, padding } = window
  const spatial = x.shape.slice(2).map((size, n) => windowOutput(size, kernel[n], strides[n], padding[n]))
  return graph.node('MaxPool', [x], [x.shape[0], x.shape[1], ...spatial], windowAttributes(window))
}

/** Mean over windows; zeros at the margins count. */
export function averagePool(graph: GraphBuilder, x: Tensor, window: Window): Tensor {
  const { kernel, strides, padding } = window
  const spatial = x.shape.slice(2).map((size, n) => windowOutput(size, kernel[n], strides[n], padding[n]))
  return graph.node('AveragePool', [x], [x.shape[0], x.shape[1], ...spatial], {
    ...windowAttributes(window),
    count_include_pad: 1,
  })
}

/** Repeats each pixel of [batch, channels, ...spatial] `factor` times along each spatial axis. */
export function repeatPixels(graph: GraphBuilder, x: Tensor, factor: number): Tensor {
  const scales = x.shape.map((_, axis) => (axis < 2 ? 1 : factor))
  const shape = x.shape.map((size, axis) => size * scales[axis])
  return graph.node('Resize', [x, null, graph.constant(scales, [scales.length])], shape, {
    mode: 'nearest',
    nearest_mode: 'floor',
    coordinate_transformation_mode: 'asymmetric',
  })
}

const alongAxis = (operator: string) => (graph: GraphBuilder, x: Tensor, axis: number) =>
  graph.node(operator, [x], x.shape, { axis })

export const softmax = alongAxis('Softmax')
export const logSoftmax = alongAxis('LogSoftmax')

/** Rows of the last axis with mean 0 and variance 1; also 1 / sqrt(variance + epsilon) per row. */
export function standardiseRows(
  graph: GraphBuilder,
  x: Tensor,
  epsilon: number,
): { readonly standardised: Tensor; readonly inverseDeviation: Tensor } {
  const axis = x.shape.length - 1
  const perRow = [...x.shape.slice(0, axis), 1]
  const ones = graph.constant(new Array<number>(x.shape[axis]).fill(1), [x.shape[axis]])
  const [standardised, , inverseDeviation] = graph.nodeOf(
    'LayerNormalization',
    [x, ones],
    [x.shape, perRow, perRow],
    { axis, epsilon: { float: epsilon } },
  )
  return { standardised, inverseDeviation }
}
