import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { OnnxTrainer } from '../onnx-trainer/onnx-trainer.js'
import { tinyHeight, tinyMillimetresPerNumber, tinyNetwork } from '../testing/tiny-network.js'
import { type Trainer, type TrainerState, type TrainingBatch } from '../trainer.js'
import { randomArray } from '../graph/testing/random.js'
import { loadTensorflow } from './load-tensorflow.js'
import { openTensorflowTrainer } from './tensorflow-trainer.js'

const { network, parameters } = tinyNetwork('light')
const zeros = parameters.map(({ name, shape, values }) => ({ name, shape, values: values.map(() => 0) }))
const start: TrainerState = { parameters, firstMoments: zeros, secondMoments: zeros, updates: 0 }
const options = {
  height: tinyHeight,
  microBatch: 2,
  millimetresPerNumber: tinyMillimetresPerNumber,
  poseWeight: 1,
  clip: 0.05,
  weightDecay: 0.01,
}
const count = 3
const numbers = tinyMillimetresPerNumber.length
const random = (shape: readonly number[], seed: number) => Float32Array.from(randomArray(shape, seed).values)
const batch: TrainingBatch = {
  count,
  xrays: random([count, tinyHeight ** 2], 1),
  targets: random([count, numbers], 2),
  sampleWeights: Float32Array.of(0.5, 0, 0.5),
  outputGradients: random([count, numbers], 3),
}

/** TensorFlow.js without native code, which has the same functions. */
const load = () => loadTensorflow('@tensorflow/tfjs')

let [tensorflow, onnx]: (Trainer | undefined)[] = []
beforeAll(async () => {
  tensorflow = await openTensorflowTrainer(network, start, options, load)
  onnx = await OnnxTrainer.open(network, start, { ...options, provider: 'cpu', threads: 1 })
})
afterAll(async () => {
  await tensorflow?.dispose()
  await onnx?.dispose()
})

function both(): readonly [Trainer, Trainer] {
  if (tensorflow === undefined || onnx === undefined) throw new Error('A trainer is absent.')
  return [tensorflow, onnx]
}

function expectAlike(actual: Float32Array, expected: Float32Array, tolerance = 1e-3): void {
  const greatest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-3)
  for (const [n, value] of expected.entries()) {
    expect(Math.abs(actual[n] - value)).toBeLessThan(tolerance * greatest)
  }
}

describe("TensorFlow's trainer does what onnxruntime's does", () => {
  it('before training', async () => {
    const [first, second] = both()
    expect(first.device).toContain('TensorFlow')
    expectAlike(await first.predict(batch.xrays, count), await second.predict(batch.xrays, count))
  })

  it('step by step', async () => {
    const [first, second] = both()
    for (const learningRate of [1e-3, null, 1e-3]) {
      const ours = await first.step(batch, learningRate)
      const expected = await second.step(batch, learningRate)
      expect(ours.isFinite && expected.isFinite).toBe(true)
      expect(Math.abs(ours.poseLoss / expected.poseLoss - 1)).toBeLessThan(1e-3)
      if (learningRate !== null)
        expect(Math.abs(ours.gradientNorm / expected.gradientNorm - 1)).toBeLessThan(1e-3)
    }
    const [state, expected] = [await first.state(), await second.state()]
    expect(state.updates).toBe(2)
    for (const [n, { name, values }] of expected.parameters.entries()) {
      expect(state.parameters[n].name).toBe(name)
      expectAlike(state.parameters[n].values, values)
      expectAlike(state.firstMoments[n].values, expected.firstMoments[n].values)
      expectAlike(state.secondMoments[n].values, expected.secondMoments[n].values)
    }
  })

  it('and leaves all as it is when a number is not finite', async () => {
    const [trainer] = both()
    const before = await trainer.state()
    const broken = { ...batch, targets: batch.targets.map(() => NaN) }
    expect((await trainer.step(broken, 1e-3)).isFinite).toBe(false)
    const after = await trainer.state()
    expect(after.updates).toBe(before.updates)
    after.parameters.forEach(({ values }, n) => expect(values).toEqual(before.parameters[n].values))
  })

  it('starts again from a state', async () => {
    const [trainer] = both()
    await trainer.restore(start)
    const { parameters: restored, updates } = await trainer.state()
    expect(updates).toBe(0)
    restored.forEach(({ values }, n) => expect(values).toEqual(parameters[n].values))
  })
})

it('says that TensorFlow is not installed, and how it would be', async () => {
  const opening = openTensorflowTrainer(network, start, options, () => loadTensorflow('@tensorflow/no-such'))
  await expect(opening).rejects.toMatchObject({
    code: 'runtime-missing',
    message: 'TensorFlow (@tensorflow/no-such) is not installed.',
  })
})

it('says that what is installed is not TensorFlow', async () => {
  await expect(loadTensorflow('zod')).rejects.toThrow('does not work here: it lacks functions of version 4')
})
