import { describe, expect, it } from 'vitest'
import { type TrainingConfiguration } from '../../contract/training/configuration.js'
import { type StepMeasurement } from '../../contract/training/measurement.js'
import { type DataBatch } from '../batches/data-batch.js'
import { type TrainingCounters } from '../checkpoints/state-file.js'
import { smallConfiguration } from '../testing/small-training.js'
import { type Trainer, type TrainingBatch } from '../trainer.js'
import { runTrainingLoop, type TrainingObserver } from './training-loop.js'

const fresh: TrainingCounters = { iteration: 0, skipped: 0, bestMedianMtreMm: null, elapsedMs: 0 }

function configuration(changes: Partial<TrainingConfiguration['optimisation']> = {}): TrainingConfiguration {
  const small = smallConfiguration()
  return {
    ...small,
    optimisation: { ...small.optimisation, totalIterations: 12, saveEvery: 5, ...changes },
    validation: { count: 4, every: 4 },
  }
}

function batch(index: number, kept: readonly boolean[] = [true, true]): DataBatch {
  return {
    index,
    count: 2,
    height: 2,
    subject: 0,
    subjectName: 'patient',
    boneMultiplier: 1,
    poses: [],
    targets: new Float32Array(2 * 13),
    pictures: new Float32Array(8),
    kept,
    silhouettes: null,
    xrays: new Float32Array(8),
    sampleWeights: Float32Array.of(0.5, 0.5),
  }
}

interface Run {
  readonly steps: StepMeasurement[]
  readonly updates: { readonly batch: TrainingBatch; readonly learningRate: number | null }[]
  readonly saved: { readonly iteration: number; readonly isBest: boolean }[]
  readonly end: TrainingCounters | 'cancelled'
}

interface Setting {
  readonly optimisation?: Partial<TrainingConfiguration['optimisation']>
  readonly start?: TrainingCounters
  readonly medians?: readonly number[]
  readonly stopAfter?: number
  /** Iterations whose numbers are not finite. */
  readonly broken?: readonly number[]
  readonly empty?: readonly number[]
}

/** The loop over a trainer that learns nothing. */
async function run(setting: Setting): Promise<Run> {
  const { medians = [], broken = [], empty = [] } = setting
  const [steps, updates, saved]: [Run['steps'], Run['updates'], Run['saved']] = [[], [], []]
  const controller = new AbortController()
  let validations = 0
  let asked = 0
  const trainer: Trainer = {
    device: 'none',
    predict: () => Promise.reject(new Error('No loss asks for it.')),
    step(given, learningRate) {
      updates.push({ batch: given, learningRate })
      const isFinite = !broken.includes(asked)
      return Promise.resolve({ poseLoss: 10, isFinite, gradientNorm: 1 })
    },
    state: () => Promise.reject(new Error('Nobody asks for it.')),
    restore: () => Promise.resolve(),
    dispose: () => Promise.resolve(),
  }
  const observer: TrainingObserver = {
    onStep(measurement) {
      steps.push(measurement)
      if (measurement.iteration === setting.stopAfter) controller.abort()
      return Promise.resolve()
    },
    validate: () => Promise.resolve(medians[validations++] ?? null),
    save(counters, isBest) {
      saved.push({ iteration: counters.iteration, isBest })
      return Promise.resolve()
    },
  }
  const batches = {
    batch: (index: number) => {
      asked = index + 1
      return Promise.resolve(batch(index, empty.includes(asked) ? [false, false] : undefined))
    },
    dispose: () => Promise.resolve(),
  }
  const end = await runTrainingLoop(
    configuration(setting.optimisation),
    { trainer, batches, outputLosses: null, outputCount: 13 },
    observer,
    setting.start ?? fresh,
    controller.signal,
  ).catch((error: unknown) => {
    expect(error).toMatchObject({ code: 'cancelled' })
    return 'cancelled' as const
  })
  return { steps, updates, saved, end }
}

describe('the training loop', () => {
  it('saves at its interval, at the end, and whenever the validation is better than ever', async () => {
    const { saved, steps, end } = await run({ medians: [50, 30, 40, 20] })
    expect(saved).toEqual([
      { iteration: 4, isBest: true },
      { iteration: 5, isBest: false },
      { iteration: 10, isBest: false },
      { iteration: 12, isBest: true },
    ])
    expect(steps.map(({ iteration }) => iteration)).toEqual(Array.from({ length: 12 }, (_, n) => n + 1))
    expect(end).toMatchObject({ iteration: 12, bestMedianMtreMm: 20, skipped: 0 })
  })

  it('saves what it has when it is stopped', async () => {
    const { saved, end } = await run({ stopAfter: 7 })
    expect(end).toBe('cancelled')
    expect(saved.at(-1)).toEqual({ iteration: 7, isBest: false })
  })

  it('makes one update of several iterations, and forgets those of an unfinished one', async () => {
    const { updates, saved } = await run({ optimisation: { accumulate: 3 }, stopAfter: 8 })
    expect(updates.map(({ learningRate }) => learningRate !== null)).toEqual(
      [1, 2, 3, 4, 5, 6, 7, 8].map((iteration) => iteration % 3 === 0),
    )
    expect(updates[0].batch.sampleWeights[0]).toBeCloseTo(0.5 / 3, 6)
    expect(saved.at(-1)).toEqual({ iteration: 6, isBest: false })
    const resumed = await run({ optimisation: { accumulate: 3 }, start: { ...fresh, iteration: 6 } })
    expect(resumed.steps[0].iteration).toBe(7)
    expect(resumed.end).toMatchObject({ iteration: 12 })
  })

  it('counts and shows steps in which nothing could be learnt', async () => {
    const { steps, end, updates } = await run({ broken: [3], empty: [5] })
    expect(steps.filter(({ loss }) => loss === null).map(({ iteration }) => iteration)).toEqual([3, 5])
    expect(steps[11].skipped).toBe(2)
    expect(end).toMatchObject({ skipped: 2, iteration: 12 })
    // The empty batch never reached the trainer.
    expect(updates).toHaveLength(11)
    expect(steps[0].loss).toBeCloseTo(0.1, 12)
  })
})
