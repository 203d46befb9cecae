import { describe, expect, it } from 'vitest'
import { tinyHeight, tinyMillimetresPerNumber, tinyNetwork } from '../testing/tiny-network.js'
import { arrayOf, type NumberArray } from './testing/array.js'
import { interpret } from './testing/interpret.js'
import { relativeError, runOnRuntime } from './testing/run-on-runtime.js'
import { trainingInputs } from './testing/training-inputs.js'
import {
  nextName,
  predictionGraph,
  stateNames,
  trainingGraph,
  type TrainingGraphOptions,
} from './training-graph.js'

const { network, parameters } = tinyNetwork()

function graphOf(batch: number, options: Partial<TrainingGraphOptions> = {}) {
  return trainingGraph(network, {
    batch,
    height: tinyHeight,
    millimetresPerNumber: tinyMillimetresPerNumber,
    accumulation: 'whole',
    clip: 0,
    weightDecay: 0,
    ...options,
  })
}

const part = ({ shape, values }: NumberArray, from: number, to: number): NumberArray => {
  const row = values.length / shape[0]
  return arrayOf([to - from, ...shape.slice(1)], values.subarray(from * row, to * row))
}

describe('a training step', () => {
  it.each([
    { name: 'Adam', options: { clip: 0, weightDecay: 0 } },
    { name: 'AdamW with clipping', options: { clip: 0.02, weightDecay: 0.1 } },
  ])('by onnxruntime is what the operators mean ($name)', async ({ options }) => {
    const graph = graphOf(3, options)
    const inputs = trainingInputs(graph, parameters, options)
    const meant = interpret(graph, inputs)
    const run = await runOnRuntime(graph, inputs)
    expect(Object.keys(run).toSorted()).toEqual(Object.keys(meant).toSorted())
    expect(Object.keys(meant)).toHaveLength(2 + 3 * parameters.length)
    for (const [name, expected] of Object.entries(meant)) {
      // First steps of Adam are signs of the gradients; where these are almost 0, rounding decides.
      const tolerance = name.endsWith(':next') && !/:[mv]:next$/.test(name) ? 2e-3 : 1e-4
      expect(relativeError(run[name], expected), name).toBeLessThan(tolerance)
    }
  })

  it('has the gradients of the whole network, by central differences', () => {
    const graph = graphOf(2)
    const inputs = trainingInputs(graph, parameters)
    inputs.output_gradients = arrayOf(
      inputs.output_gradients.shape,
      inputs.output_gradients.values.map(() => 0),
    )
    const moments = interpret(graph, inputs)
    const step = 1e-5
    for (const { name, shape } of parameters) {
      const middle = Math.floor(inputs[name].values.length / 2)
      const lossAt = (offset: number) => {
        const values = inputs[name].values.slice()
        values[middle] += offset
        return interpret(graph, { ...inputs, [name]: arrayOf(shape, values) }).pose_loss.values[0]
      }
      const difference = (lossAt(step) - lossAt(-step)) / (2 * step)
      // The first moment after the first step, without its factor (1 - beta), is the gradient.
      const gradient = moments[nextName(stateNames(name).firstMoment)].values[middle]
      expect(Math.abs(gradient - difference), name).toBeLessThan(1e-5 * Math.max(1, Math.abs(difference)))
    }
  })

  it('in two parts is the step with the whole batch', () => {
    const whole = graphOf(4)
    const inputs = trainingInputs(whole, parameters, { learningRate: 0.01 })
    const expected = interpret(whole, inputs)
    const perSample = new Set(['xrays', 'targets', 'output_gradients', 'sample_weights'])
    const halfOf = (from: number, to: number) =>
      Object.fromEntries(
        Object.entries(inputs).map(([name, value]) => [
          name,
          perSample.has(name) ? part(value, from, to) : value,
        ]),
      )
    const nothing = Object.fromEntries(
      parameters.map(({ name, shape, values }) => [
        stateNames(name).gathered,
        arrayOf(
          shape,
          values.map(() => 0),
        ),
      ]),
    )
    const first = interpret(graphOf(2, { accumulation: 'gather' }), { ...halfOf(0, 2), ...nothing })
    const gathered = Object.fromEntries(
      parameters.map(({ name }) => {
        const key = stateNames(name).gathered
        return [key, first[nextName(key)]]
      }),
    )
    const second = interpret(graphOf(2, { accumulation: 'finish' }), { ...halfOf(2, 4), ...gathered })
    expect(first.pose_loss.values[0] + second.pose_loss.values[0]).toBeCloseTo(
      expected.pose_loss.values[0],
      9,
    )
    for (const { name } of parameters) {
      expect(relativeError(second[nextName(name)], expected[nextName(name)]), name).toBeLessThan(1e-8)
    }
  })

  it('learns nothing from samples whose weight is 0', () => {
    const graph = graphOf(3)
    const inputs = trainingInputs(graph, parameters)
    const weights = arrayOf([3, 1], [0.5, 0.5, 0])
    const withoutGradients = arrayOf(
      inputs.output_gradients.shape,
      inputs.output_gradients.values.map(() => 0),
    )
    const base: Record<string, NumberArray> = {
      ...inputs,
      sample_weights: weights,
      output_gradients: withoutGradients,
    }
    const other = base.xrays.values.map((value, n) => (n < 2 * tinyHeight ** 2 ? value : -3 * value))
    const first = interpret(graph, base)
    const second = interpret(graph, { ...base, xrays: arrayOf(base.xrays.shape, other) })
    for (const [name, expected] of Object.entries(first)) {
      expect(relativeError(second[name], expected), name).toBeLessThan(1e-12)
    }
  })

  it('weighs the pose loss, and adds gradients that come from outside', () => {
    const graph = graphOf(2)
    const inputs = trainingInputs(graph, parameters)
    const name = nextName(stateNames('xyz_regression.bias').firstMoment)
    const zeros = arrayOf(
      inputs.output_gradients.shape,
      inputs.output_gradients.values.map(() => 0),
    )
    const gradientAt = (changes: Record<string, NumberArray>) =>
      interpret(graph, { ...inputs, ...changes })[name].values
    const pose = gradientAt({ output_gradients: zeros })
    const outside = gradientAt({ pose_weight: arrayOf([1], [0]) })
    const both = gradientAt({ pose_weight: arrayOf([1], [3]) })
    for (const n of both.keys()) expect(both[n]).toBeCloseTo(3 * pose[n] + outside[n], 10)
  })
})

it('predicts the rows whose distance is the pose loss', () => {
  const graph = graphOf(2)
  const inputs = trainingInputs(graph, parameters)
  const { outputs } = interpret(
    predictionGraph(network, 2, tinyHeight),
    Object.fromEntries(['xrays', ...parameters.map(({ name }) => name)].map((name) => [name, inputs[name]])),
  )
  const distances = [0, 1].map((sample) =>
    Math.sqrt(
      tinyMillimetresPerNumber.reduce((sum, factor, n) => {
        const at = sample * tinyMillimetresPerNumber.length + n
        return sum + (factor * (outputs.values[at] - inputs.targets.values[at])) ** 2
      }, 1e-6),
    ),
  )
  expect(interpret(graph, inputs).pose_loss.values[0]).toBeCloseTo((distances[0] + distances[1]) / 2, 6)
})
