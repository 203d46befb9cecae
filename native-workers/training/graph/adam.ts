import {
  add,
  divide,
  maximum,
  minimum,
  multiply,
  reduceSum,
  reduceSumSquare,
  sqrt,
  subtract,
} from './operators.js'
import { type GraphBuilder } from './graph-builder.js'
import { type Tensor } from './tensor.js'

export interface AdamOptions {
  /** Largest ratio of a gradient's norm to its weights' norm, per output unit; 0 for none. */
  readonly clip: number
  /** AdamW's decay per unit of the learning rate. */
  readonly weightDecay: number
}

/** Numbers that change from step to step, each of shape [1]; see `adamStepInputs`. */
export interface AdamInputs {
  readonly stepSize: Tensor
  readonly epsilon: Tensor
  readonly decay: Tensor
}

export interface AdamState {
  readonly parameter: Tensor
  readonly firstMoment: Tensor
  readonly secondMoment: Tensor
  /** Factor on the learning rate; 1 when absent. */
  readonly rate?: number
}

export interface AdamUpdate {
  readonly parameter: Tensor
  readonly firstMoment: Tensor
  readonly secondMoment: Tensor
  readonly squaredNorm: Tensor
}

const beta1 = 0.9
const beta2 = 0.999
const epsilon = 1e-8
/** Smallest norm that weights are taken to have (NFNets' and timm's value). */
const leastWeightNorm = 1e-3

/**
 * One step of Adam (Kingma & Ba 2015) or AdamW (Loshchilov & Hutter 2019) for one parameter. The moments are kept
 * without the factors (1 - beta), which the step's inputs bring in: two passes over the weights fewer.
 */
export function adamUpdate(
  graph: GraphBuilder,
  state: AdamState,
  gradient: Tensor,
  inputs: AdamInputs,
  options: AdamOptions,
): AdamUpdate {
  const { parameter } = state
  const { gradient: clipped, squaredNorm } = clippedGradient(graph, parameter, gradient, options.clip)
  const firstMoment = add(graph, multiply(graph, state.firstMoment, graph.constant([beta1])), clipped)
  const secondMoment = add(
    graph,
    multiply(graph, state.secondMoment, graph.constant([beta2])),
    multiply(graph, clipped, clipped),
  )
  const direction = divide(graph, firstMoment, add(graph, sqrt(graph, secondMoment), inputs.epsilon))
  const kept = options.weightDecay === 0 ? parameter : multiply(graph, parameter, inputs.decay)
  const { rate = 1 } = state
  const stepSize = rate === 1 ? inputs.stepSize : multiply(graph, inputs.stepSize, graph.constant([rate]))
  const updated = subtract(graph, kept, multiply(graph, direction, stepSize))
  return { parameter: updated, firstMoment, secondMoment, squaredNorm }
}

/** Values of the step's inputs for the n-th update, from 1. */
export function adamStepInputs(update: number, learningRate: number, weightDecay: number) {
  // With M = m / (1 - beta1) and V = v / (1 - beta2): lr mHat / (sqrt(vHat) + eps) = size M / (sqrt(V) + eps / root).
  const root = Math.sqrt((1 - beta2) / (1 - beta2 ** update))
  return {
    stepSize: (learningRate * (1 - beta1)) / (1 - beta1 ** update) / root,
    epsilon: epsilon / root,
    decay: 1 - learningRate * weightDecay,
  }
}

/**
 * Adaptive gradient clipping (Brock et al. 2021, arXiv 2102.06171; timm's `adaptive_clip_grad`): norms are taken over
 * all axes but the first, and over the whole of a vector.
 */
function clippedGradient(graph: GraphBuilder, parameter: Tensor, gradient: Tensor, clip: number) {
  const axes = parameter.shape.length < 2 ? [0] : [...parameter.shape.keys()].slice(1)
  const gradientSquare = reduceSumSquare(graph, gradient, axes)
  const squaredNorm = graph.node(
    'Reshape',
    [reduceSum(graph, gradientSquare, [...gradientSquare.shape.keys()]), graph.integers([1])],
    [1],
  )
  if (clip === 0) return { gradient, squaredNorm }
  const weightNorm = maximum(
    graph,
    sqrt(graph, reduceSumSquare(graph, parameter, axes)),
    graph.constant([leastWeightNorm]),
  )
  const gradientNorm = maximum(graph, sqrt(graph, gradientSquare), graph.constant([1e-6]))
  const ratio = divide(graph, multiply(graph, weightNorm, graph.constant([clip])), gradientNorm)
  const factor = minimum(graph, ratio, graph.constant([1]))
  return { gradient: multiply(graph, gradient, factor), squaredNorm }
}
