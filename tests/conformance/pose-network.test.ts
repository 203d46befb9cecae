import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { adamStepInputs } from '../../native-workers/training/graph/adam.js'
import {
  nextName,
  predictionGraph,
  stateNames,
  trainingGraph,
} from '../../native-workers/training/graph/training-graph.js'
import { arrayOf, type NumberArray } from '../../native-workers/training/graph/testing/array.js'
import { relativeError, runOnRuntime } from '../../native-workers/training/graph/testing/run-on-runtime.js'
import {
  inferenceGraph,
  trainablePoseNetwork,
} from '../../native-workers/training/networks/trainable-pose-network.js'

const four = <Item extends z.ZodType>(item: Item) => z.tuple([item, item, item, item])
const caseSchema = z.object({
  network: z.enum(['resnet18', 'light']),
  shape: z.object({ blocks: four(z.number()), widths: four(z.number()), groups: z.number() }),
  learningRate: z.number(),
  weightDecay: z.number(),
  clip: z.number(),
  height: z.number(),
  batch: z.number(),
  pixels: z.string(),
  targets: z.string(),
  outputs: z.string(),
  losses: z.array(z.number()),
  parameters: z.array(
    z.object({
      name: z.string(),
      shape: z.array(z.number()),
      start: z.string(),
      gradient: z.string(),
      end: z.string(),
    }),
  ),
})
type Case = z.infer<typeof caseSchema>

const stored: unknown = JSON.parse(
  readFileSync(new URL('./fixtures/pose-network.json', import.meta.url), 'utf8'),
)
const { cases } = z.object({ cases: z.array(caseSchema) }).parse(stored)

function floats(text: string): Float32Array {
  const bytes = Uint8Array.from(Buffer.from(text, 'base64'))
  return new Float32Array(bytes.buffer)
}

const numbers = 13
const factors = new Array<number>(numbers).fill(1)

function networkOf({ network, shape, height }: Case) {
  const description = {
    name: network,
    parameterization: 'quaternion_adjugate',
    convention: 'ZXY',
    unitConversionFactor: 1000,
  } as const
  return { description, network: trainablePoseNetwork(description, height, undefined, shape) }
}

const xraysOf = ({ batch, height, pixels }: Case) =>
  arrayOf(
    [batch, 1, height, height],
    Array.from(Buffer.from(pixels, 'base64'), (value) => value / 255),
  )

const startOf = (test: Case) =>
  test.parameters.map(({ name, shape, start }) => ({ name, shape, values: floats(start) }))

describe.each(cases)('$network as PyTorch has it', (test) => {
  const { description, network } = networkOf(test)
  const { batch, height, learningRate, weightDecay, clip } = test

  it('has the parameters of its state dict', () => {
    const ours = network.parameters.map(({ name, shape }) => `${name} [${shape.join()}]`)
    expect(ours.toSorted()).toEqual(
      test.parameters.map(({ name, shape }) => `${name} [${shape.join()}]`).toSorted(),
    )
  })

  it('gives the same numbers, trained and exported', async () => {
    const expected = arrayOf([batch, numbers], floats(test.outputs))
    const parameters = Object.fromEntries(
      startOf(test).map(({ name, shape, values }) => [name, arrayOf(shape, values)]),
    )
    const prediction = predictionGraph(network, batch, height)
    const { outputs } = await runOnRuntime(prediction, { xrays: xraysOf(test), ...parameters })
    expect(relativeError(outputs, expected)).toBeLessThan(1e-4)

    const exported = inferenceGraph(description, height, startOf(test), test.shape)
    const pixels = height * height
    for (let sample = 0; sample < batch; sample++) {
      const picture = xraysOf(test).values.subarray(sample * pixels, (sample + 1) * pixels)
      const given = await runOnRuntime(exported, { xray: arrayOf([1, 1, height, height], picture) })
      const row = [...given.rotation.values, ...given.translation.values]
      const expectedRow = expected.values.subarray(sample * numbers, (sample + 1) * numbers)
      expect(relativeError(arrayOf([numbers], row), arrayOf([numbers], expectedRow))).toBeLessThan(1e-4)
    }
  })

  it('has the same gradients', async () => {
    const result = await stepsOf(test, { clip: 0, steps: 1 })
    for (const { name, shape, gradient } of test.parameters) {
      // Without its factor (1 - beta), the first moment after one step is the gradient.
      const moment = result.state[stateNames(name).firstMoment]
      expect(relativeError(moment, arrayOf(shape, floats(gradient))), name).toBeLessThan(1e-4)
    }
  })

  it(`trains alike (decay ${weightDecay}, clipping ${clip})`, async () => {
    const { losses, state } = await stepsOf(test, { clip, steps: test.losses.length })
    losses.forEach((loss, n) => {
      expect(Math.abs(loss / test.losses[n] - 1)).toBeLessThan(1e-4)
    })
    for (const { name, shape, end } of test.parameters) {
      expect(relativeError(state[name], arrayOf(shape, floats(end))), name).toBeLessThan(1e-4)
    }
  })

  async function stepsOf(of: Case, options: { readonly clip: number; readonly steps: number }) {
    // PyTorch's optimisers were given one learning rate for all parameters.
    const parameters = network.parameters.map((parameter) => ({ ...parameter, rate: 1 }))
    const graph = trainingGraph(
      { ...network, parameters },
      {
        batch,
        height,
        millimetresPerNumber: factors,
        accumulation: 'whole',
        clip: options.clip,
        weightDecay,
      },
    )
    let state: Record<string, NumberArray> = {}
    for (const { name, shape, values } of startOf(of)) {
      const names = stateNames(name)
      state[names.parameter] = arrayOf(shape, values)
      for (const moment of [names.firstMoment, names.secondMoment]) {
        state[moment] = arrayOf(shape, new Float64Array(values.length))
      }
    }
    const fixed = {
      xrays: xraysOf(of),
      targets: arrayOf([batch, numbers], floats(of.targets)),
      output_gradients: arrayOf([batch, numbers], new Float64Array(batch * numbers)),
      sample_weights: arrayOf([batch, 1], new Float64Array(batch).fill(1 / batch)),
      pose_weight: arrayOf([1], [1]),
    }
    const losses: number[] = []
    for (let step = 1; step <= options.steps; step++) {
      const update = adamStepInputs(step, learningRate, weightDecay)
      const given: Record<string, NumberArray> = {
        ...fixed,
        ...state,
        step_size: arrayOf([1], [update.stepSize]),
        epsilon: arrayOf([1], [update.epsilon]),
        decay: arrayOf([1], [update.decay]),
      }
      const inputs = Object.fromEntries(graph.inputs.map(({ name }) => [name, given[name]]))
      const outputs = await runOnRuntime(graph, inputs)
      losses.push(outputs.pose_loss.values[0])
      state = Object.fromEntries(Object.keys(state).map((name) => [name, outputs[nextName(name)]]))
    }
    return { losses, state }
  }
})
