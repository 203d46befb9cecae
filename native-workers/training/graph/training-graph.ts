import { type AdamOptions, adamUpdate } from './adam.js'
import { type Graph, GraphBuilder } from './graph-builder.js'
import { weightedDistance } from './layers/pose-distance.js'
import { concatenate } from './layers/structure.js'
import { add } from './operators.js'
import { Tape } from './tape.js'
import { type Tensor } from './tensor.js'

export interface TrainedParameter {
  readonly name: string
  readonly shape: readonly number[]
  /** Factor on the learning rate; 1 when absent. */
  readonly rate?: number
}

/** A network to train: its parameters, and its two outputs for a batch of pictures. */
export interface TrainableNetwork {
  readonly parameters: readonly TrainedParameter[]
  readonly build: (
    tape: Tape,
    xrays: Tensor,
    parameters: ReadonlyMap<string, Tensor>,
  ) => { readonly rotation: Tensor; readonly translation: Tensor }
}

export interface TrainingGraphOptions extends AdamOptions {
  readonly batch: number
  readonly height: number
  /** mm per unit of each output, for the pose loss. */
  readonly millimetresPerNumber: readonly number[]
  /**
   * `whole`: a batch is one update. `gather`: add the gradients to those gathered and change nothing. `finish`: add
   * them and update.
   */
  readonly accumulation: 'whole' | 'gather' | 'finish'
}

/** Names of the tensors that belong to one parameter, going in and coming out. */
export const stateNames = (parameter: string) => ({
  parameter,
  firstMoment: `${parameter}:m`,
  secondMoment: `${parameter}:v`,
  gathered: `${parameter}:g`,
})
/** A state tensor's name as an output. */
export const nextName = (name: string): string => `${name}:next`

/**
 * Forward and backward pass and Adam's step in one graph. Inputs: `xrays` [batch, 1, height, height], `targets` and
 * `output_gradients` [batch, n], `sample_weights` [batch, 1], `pose_weight`, `step_size`, `epsilon` and `decay` [1],
 * and the state. Outputs: `pose_loss` and `squared_gradient_norm` [1], and the next state. The pose loss is the mean
 * distance of the numbers in mm, which is xvr's double geodesic as long as the angle is small (`radiansPerNumber`).
 */
export function trainingGraph(network: TrainableNetwork, options: TrainingGraphOptions): Graph {
  const { batch, height, millimetresPerNumber, accumulation } = options
  const graph = new GraphBuilder()
  const tape = new Tape(graph)
  const numbers = millimetresPerNumber.length
  const xrays = graph.input('xrays', [batch, 1, height, height])
  const targets = graph.input('targets', [batch, numbers])
  const outputGradients = graph.input('output_gradients', [batch, numbers])
  const sampleWeights = graph.input('sample_weights', [batch, 1])
  const poseWeight = graph.input('pose_weight', [1])
  const adamInputs = {
    stepSize: graph.input('step_size', [1]),
    epsilon: graph.input('epsilon', [1]),
    decay: graph.input('decay', [1]),
  }
  const parameters = new Map(
    network.parameters.map(({ name, shape }) => [name, tape.watch(graph.input(name, shape))]),
  )
  const { rotation, translation } = network.build(tape, xrays, parameters)
  const outputs = concatenate(tape, [rotation, translation], 1)
  const poseLoss = weightedDistance(tape, outputs, targets, sampleWeights, millimetresPerNumber)
  const rates = new Map(network.parameters.map(({ name, rate }) => [name, rate]))
  const squaredNorms: Tensor[] = []

  const onGradient = (parameter: Tensor, gradient: Tensor): void => {
    if (!parameters.has(parameter.name)) return
    const names = stateNames(parameter.name)
    const total =
      accumulation === 'whole' ? gradient : add(graph, graph.input(names.gathered, parameter.shape), gradient)
    if (accumulation === 'gather') {
      graph.output(nextName(names.gathered), total)
      return
    }
    const state = {
      parameter,
      firstMoment: graph.input(names.firstMoment, parameter.shape),
      secondMoment: graph.input(names.secondMoment, parameter.shape),
      rate: rates.get(parameter.name),
    }
    const next = adamUpdate(graph, state, total, adamInputs, options)
    graph.output(nextName(names.parameter), next.parameter)
    graph.output(nextName(names.firstMoment), next.firstMoment)
    graph.output(nextName(names.secondMoment), next.secondMoment)
    squaredNorms.push(next.squaredNorm)
  }
  tape.backward(
    [
      [poseLoss, poseWeight],
      [outputs, outputGradients],
    ],
    onGradient,
  )
  graph.output('pose_loss', poseLoss)
  if (squaredNorms.length > 0) {
    graph.output(
      'squared_gradient_norm',
      squaredNorms.reduce((sum, norm) => add(graph, sum, norm)),
    )
  }
  return graph.build()
}

/** The network alone, its parameters as inputs, for looking at the present weights. Output `outputs` [batch, n]. */
export function predictionGraph(network: TrainableNetwork, batch: number, height: number): Graph {
  const graph = new GraphBuilder()
  const tape = new Tape(graph)
  const xrays = graph.input('xrays', [batch, 1, height, height])
  const parameters = new Map(network.parameters.map(({ name, shape }) => [name, graph.input(name, shape)]))
  const { rotation, translation } = network.build(tape, xrays, parameters)
  graph.output('outputs', concatenate(tape, [rotation, translation], 1))
  return graph.build()
}
