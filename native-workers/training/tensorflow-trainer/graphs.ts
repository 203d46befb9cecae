import { type AdamOptions, adamUpdate } from '../graph/adam.js'
import { type Graph, GraphBuilder } from '../graph/graph-builder.js'
import { weightedDistance } from '../graph/layers/pose-distance.js'
import { concatenate } from '../graph/layers/structure.js'
import { add } from '../graph/operators.js'
import { Tape } from '../graph/tape.js'
import { nextName, stateNames, type TrainableNetwork } from '../graph/training-graph.js'

/**
 * The network and its pose loss, without gradients. Inputs: `xrays` [batch, 1, height, height], `targets` [batch, n],
 * `sample_weights` [batch, 1] and the parameters. Outputs: `outputs` [batch, n], `pose_loss` [1].
 */
export function lossGraph(
  network: TrainableNetwork,
  batch: number,
  height: number,
  millimetresPerNumber: readonly number[],
): Graph {
  const graph = new GraphBuilder()
  const tape = new Tape(graph)
  const numbers = millimetresPerNumber.length
  const xrays = graph.input('xrays', [batch, 1, height, height])
  const targets = graph.input('targets', [batch, numbers])
  const sampleWeights = graph.input('sample_weights', [batch, 1])
  const parameters = new Map(network.parameters.map(({ name, shape }) => [name, graph.input(name, shape)]))
  const { rotation, translation } = network.build(tape, xrays, parameters)
  const outputs = concatenate(tape, [rotation, translation], 1)
  graph.output('outputs', outputs)
  graph.output('pose_loss', weightedDistance(tape, outputs, targets, sampleWeights, millimetresPerNumber))
  return graph.build()
}

/** Adam's step for all parameters from the state and the gathered gradients, as in `trainingGraph`. */
export function updateGraph(network: TrainableNetwork, options: AdamOptions): Graph {
  const graph = new GraphBuilder()
  const inputs = {
    stepSize: graph.input('step_size', [1]),
    epsilon: graph.input('epsilon', [1]),
    decay: graph.input('decay', [1]),
  }
  const squaredNorms = network.parameters.map(({ name, shape, rate }) => {
    const names = stateNames(name)
    const state = {
      parameter: graph.input(names.parameter, shape),
      firstMoment: graph.input(names.firstMoment, shape),
      secondMoment: graph.input(names.secondMoment, shape),
      rate,
    }
    const next = adamUpdate(graph, state, graph.input(names.gathered, shape), inputs, options)
    graph.output(nextName(names.parameter), next.parameter)
    graph.output(nextName(names.firstMoment), next.firstMoment)
    graph.output(nextName(names.secondMoment), next.secondMoment)
    return next.squaredNorm
  })
  graph.output(
    'squared_gradient_norm',
    squaredNorms.reduce((sum, norm) => add(graph, sum, norm)),
  )
  return graph.build()
}
