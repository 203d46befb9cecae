import { describe, expect, it } from 'vitest'
import { GraphBuilder } from '../graph-builder.js'
import { Tape } from '../tape.js'
import { type Tensor } from '../tensor.js'
import { arrayOf } from '../testing/array.js'
import { checkGradients } from '../testing/check-gradients.js'
import { interpret } from '../testing/interpret.js'
import { gelu, leakyRelu, relu, sigmoid, silu, tanh } from './activations.js'
import { linear } from './linear.js'
import { meanAbsoluteError, meanSquaredError, smoothAbsoluteError } from './losses.js'
import { weightedDistance } from './pose-distance.js'
import { logSoftmax, softmax } from './softmax.js'
import { add, concatenate, reshape, scaled } from './structure.js'

const activations = {
  relu,
  sigmoid,
  tanh,
  silu,
  gelu,
  leakyRelu: (tape: Tape, x: Tensor) => leakyRelu(tape, x, 0.1),
}

describe('the gradients of', () => {
  it.each(Object.entries(activations))('%s', (_, activation) => {
    checkGradients({ x: [3, 4, 2] }, (tape, { x }) => activation(tape, x))
  })

  it('a linear layer', () => {
    checkGradients({ x: [3, 4], weights: [2, 4], bias: [2] }, (tape, { x, weights, bias }) =>
      linear(tape, x, weights, bias),
    )
  })

  it('sums, multiples, reshaped and joined tensors', () => {
    checkGradients({ a: [2, 3], b: [2, 3] }, (tape, { a, b }) => add(tape, a, b))
    checkGradients({ x: [2, 3] }, (tape, { x }) => scaled(tape, x, 2.5))
    checkGradients({ x: [2, 6] }, (tape, { x }) => reshape(tape, x, [2, 3, 2]))
    checkGradients({ a: [2, 1, 3], b: [2, 4, 3] }, (tape, { a, b }) => concatenate(tape, [a, b], 1))
  })

  it.each([{ axis: 1 }, { axis: 2 }])('softmax and its logarithm over axis $axis', ({ axis }) => {
    checkGradients({ x: [2, 3, 4] }, (tape, { x }) => softmax(tape, x, axis))
    checkGradients({ x: [2, 3, 4] }, (tape, { x }) => logSoftmax(tape, x, axis))
  })

  it('losses', () => {
    const shapes = { outputs: [3, 4], targets: [3, 4] }
    checkGradients(shapes, (tape, { outputs, targets }) => meanSquaredError(tape, outputs, targets))
    checkGradients(shapes, (tape, { outputs, targets }) => meanAbsoluteError(tape, outputs, targets))
    checkGradients(shapes, (tape, { outputs, targets }) => smoothAbsoluteError(tape, outputs, targets, 0.4))
  })

  it('the pose distance, to the outputs', () => {
    checkGradients({ outputs: [3, 4] }, (tape, { outputs }) => {
      const targets = tape.graph.constant(
        Array.from({ length: 12 }, (_, n) => Math.sin(n)),
        [3, 4],
      )
      const weights = tape.graph.constant([0.2, 0, 0.8], [3, 1])
      return weightedDistance(tape, outputs, targets, weights, [1, 2, 0.5, 3])
    })
  })
})

function distanceOf(outputs: readonly number[], weights: readonly number[]): number {
  const graph = new GraphBuilder()
  const [rows, targets] = [graph.input('outputs', [2, 2]), graph.constant([0, 0, 1, 1], [2, 2])]
  const weight = graph.input('weights', [2, 1])
  graph.output('y', weightedDistance(new Tape(graph), rows, targets, weight, [2, 1]))
  const inputs = { outputs: arrayOf([2, 2], outputs), weights: arrayOf([2, 1], weights) }
  return interpret(graph.build(), inputs).y.values[0]
}

it('measures the pose distance of the samples that count', () => {
  expect(distanceOf([3, 8, 1, 1], [1, 0])).toBeCloseTo(10, 6)
  expect(distanceOf([3, 8, 1, 1], [0.5, 0.5])).toBeCloseTo(5.0005, 6)
  expect(distanceOf([3, 8, 9, 9], [0, 0])).toBe(0)
})

it('gives the losses that their formulas say', () => {
  const lossOf = (loss: typeof meanSquaredError) => {
    const graph = new GraphBuilder()
    const [outputs, targets] = [graph.input('outputs', [2]), graph.input('targets', [2])]
    graph.output('y', loss(new Tape(graph), outputs, targets))
    return interpret(graph.build(), { outputs: arrayOf([2], [1, 0]), targets: arrayOf([2], [4, 0.5]) }).y
      .values[0]
  }
  expect(lossOf(meanSquaredError)).toBeCloseTo((9 + 0.25) / 2)
  expect(lossOf(meanAbsoluteError)).toBeCloseTo(3.5 / 2)
  expect(lossOf(smoothAbsoluteError)).toBeCloseTo((2.5 + 0.125) / 2)
})
