import { type Attribute, type Graph, type GraphNode } from '../graph/graph-builder.js'
import { type Tensorflow, type TfTensor } from './tensorflow-module.js'

/** What an operator of ONNX is in TensorFlow. */
type Rule = (tf: Tensorflow, inputs: readonly TfTensor[], node: NodeReader) => TfTensor

/** A node's attributes, and those of its inputs that are constant whole numbers. */
interface NodeReader {
  list(name: string): readonly number[]
  whole(name: string): number
  float(name: string): number
  constants(input: number): readonly number[]
}

const lowest = -3e38

/** [batch, channels, height, width] as TensorFlow's own order, in which alone its CPU works, and back. */
const toChannelsLast = (tf: Tensorflow, x: TfTensor) => tf.transpose(x, [0, 2, 3, 1])
const toChannelsFirst = (tf: Tensorflow, x: TfTensor) => tf.transpose(x, [0, 3, 1, 2])

/** Two numbers, one per axis of a picture. */
function pair([first, second, ...rest]: readonly number[]): readonly [number, number] {
  if (second === undefined || rest.length > 0) throw new Error('TensorFlow is given pictures in 2D only.')
  return [first, second]
}

function padded(tf: Tensorflow, x: TfTensor, pads: readonly number[], value: number): TfTensor {
  const margins = pads.slice(0, 2).map((before, axis) => [before, pads[axis + 2]] as const)
  return tf.pad(x, [[0, 0], ...margins, [0, 0]], value)
}

const conv: Rule = (tf, [x, weights, bias], node) => {
  const picture = padded(tf, toChannelsLast(tf, x), node.list('pads'), 0)
  const kernel = tf.transpose(weights, [2, 3, 1, 0])
  const y = tf.conv2d(picture, kernel, pair(node.list('strides')), 'valid')
  return toChannelsFirst(tf, bias === undefined ? y : tf.add(y, bias))
}

const maxPool: Rule = (tf, [x], node) => {
  const picture = padded(tf, toChannelsLast(tf, x), node.list('pads'), lowest)
  return toChannelsFirst(
    tf,
    tf.maxPool(picture, pair(node.list('kernel_shape')), pair(node.list('strides')), 'valid'),
  )
}

/** Of the last axis, as the layers write it; without the further outputs, which only gradients need. */
const layerNormalization: Rule = (tf, [x, scale], node) => {
  const axes = [node.whole('axis')]
  const centred = tf.sub(x, tf.mean(x, axes, true))
  const variance = tf.mean(tf.square(centred), axes, true)
  const epsilon = tf.tensor(Float32Array.of(node.float('epsilon')), [1])
  return tf.mul(tf.div(centred, tf.sqrt(tf.add(variance, epsilon))), scale)
}

const gemm: Rule = (tf, [a, b, c], node) => {
  const product = tf.matMul(a, b, node.whole('transA') === 1, node.whole('transB') === 1)
  return c === undefined ? product : tf.add(product, c)
}

const rules: Readonly<Record<string, Rule>> = {
  Add: (tf, [a, b]) => tf.add(a, b),
  Sub: (tf, [a, b]) => tf.sub(a, b),
  Mul: (tf, [a, b]) => tf.mul(a, b),
  Div: (tf, [a, b]) => tf.div(a, b),
  Max: (tf, [a, b]) => tf.maximum(a, b),
  Min: (tf, [a, b]) => tf.minimum(a, b),
  Relu: (tf, [x]) => tf.relu(x),
  Sqrt: (tf, [x]) => tf.sqrt(x),
  Reshape: (tf, [x], node) =>
    tf.reshape(
      x,
      node.constants(1).map((size, axis) => (size === 0 ? x.shape[axis] : size)),
    ),
  Concat: (tf, parts, node) => tf.concat(parts, node.whole('axis')),
  ReduceSum: (tf, [x], node) => tf.sum(x, node.constants(1), node.whole('keepdims') === 1),
  ReduceMean: (tf, [x], node) => tf.mean(x, node.list('axes'), node.whole('keepdims') === 1),
  ReduceSumSquare: (tf, [x], node) => tf.sum(tf.square(x), node.list('axes'), node.whole('keepdims') === 1),
  Gemm: gemm,
  Conv: conv,
  MaxPool: maxPool,
  LayerNormalization: layerNormalization,
}

/**
 * Runs a graph on TensorFlow, whose own differentiation follows it. Gives the outputs by name. Call it within `tidy`.
 * Throws for operators that networks for poses and Adam do not need.
 */
export function runGraph(
  tf: Tensorflow,
  graph: Graph,
  inputs: ReadonlyMap<string, TfTensor>,
): Map<string, TfTensor> {
  const values = new Map<string, TfTensor>()
  const wholeNumbers = new Map<string, readonly number[]>()
  for (const { tensor, values: constants } of graph.initializers) {
    if (constants instanceof Float32Array) values.set(tensor.name, tf.tensor(constants, tensor.shape))
    else wholeNumbers.set(tensor.name, Array.from(constants, Number))
  }
  const valueOf = (name: string): TfTensor => {
    const value = values.get(name)
    if (value === undefined) throw new Error(`"${name}" is used before it is made.`)
    return value
  }
  for (const { name } of graph.inputs) {
    const given = inputs.get(name)
    if (given === undefined) throw new Error(`The input "${name}" is absent.`)
    values.set(name, given)
  }
  for (const node of graph.nodes) {
    const rule = rules[node.operator]
    if (rule === undefined) throw new Error(`TensorFlow is not told what ${node.operator} is.`)
    const given = node.inputs.filter((name) => !wholeNumbers.has(name)).map(valueOf)
    values.set(node.outputs[0], rule(tf, given, readerOf(node, wholeNumbers)))
  }
  return new Map(graph.outputs.map(({ name, tensor }) => [name, valueOf(tensor.name)]))
}

function readerOf(node: GraphNode, wholeNumbers: ReadonlyMap<string, readonly number[]>): NodeReader {
  const absent = (name: string) => new Error(`${node.operator} lacks "${name}".`)
  const isList = (value: Attribute | undefined): value is readonly number[] => Array.isArray(value)
  return {
    list: (name) => {
      const value = node.attributes[name]
      if (!isList(value)) throw absent(name)
      return value
    },
    whole: (name) => {
      const value = node.attributes[name]
      if (typeof value !== 'number') throw absent(name)
      return value
    },
    float: (name) => {
      const value = node.attributes[name]
      if (typeof value !== 'object' || !('float' in value)) throw absent(name)
      return value.float
    },
    constants: (input) => {
      const value = wholeNumbers.get(node.inputs[input])
      if (value === undefined) throw absent(`input ${input}`)
      return value
    },
  }
}
