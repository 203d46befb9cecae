import { UserError } from '../../contract/errors.js'
import { type TrainingConfiguration } from '../../contract/training/configuration.js'
import { type StepMeasurement } from '../../contract/training/measurement.js'
import { type BatchSource, type DataBatch } from '../batches/data-batch.js'
import { type TrainingCounters } from '../checkpoints/state-file.js'
import { type Trainer } from '../trainer.js'
import { learningRateAt } from './learning-rate.js'
import { SpeedMeter } from './speed-meter.js'

/** Losses beside the distance of the poses, which the network's outputs are needed for. */
export type OutputLosses = (
  batch: DataBatch,
  outputs: Float32Array,
) => {
  /** Means over the samples that count, before their weights. */
  readonly parts: Readonly<Record<string, number>>
  /** Their weighted sum. */
  readonly loss: number
  /** [count, rotation components + 3]: gradient of the weighted sum. */
  readonly outputGradients: Float32Array
}

export interface TrainingLoopParts {
  readonly trainer: Trainer
  readonly batches: BatchSource
  /** Null where the poses' distance is the only loss. */
  readonly outputLosses: OutputLosses | null
  /** Numbers that the network gives per sample. */
  readonly outputCount: number
}

/** What happens beside the training itself; each may take its time. */
export interface TrainingObserver {
  onStep(measurement: StepMeasurement, batch: DataBatch): Promise<void>
  /** Measures the validation set; gives the median mTRE, null where there is no set. */
  validate(iteration: number, elapsedMs: number): Promise<number | null>
  save(counters: TrainingCounters, isBest: boolean): Promise<void>
}

/**
 * Trains from `counters` to the last iteration. Once the signal is aborted it saves and throws
 * `UserError('cancelled')`; gradients that were gathered for an update that did not come are lost then, and the
 * counters are those of the last update, so that a restart does them again.
 */
export async function runTrainingLoop(
  configuration: TrainingConfiguration,
  parts: TrainingLoopParts,
  observer: TrainingObserver,
  start: TrainingCounters,
  signal: AbortSignal,
  now: () => number = () => performance.now(),
): Promise<TrainingCounters> {
  const { optimisation, validation, sampling } = configuration
  const { totalIterations, accumulate, saveEvery, weights } = optimisation
  const speed = new SpeedMeter(start.elapsedMs, now)
  let counters = start
  let savedIteration = start.iteration
  const save = async (isBest: boolean) => {
    savedIteration = counters.iteration
    await observer.save(counters, isBest)
    speed.skip()
  }
  const validate = async (iteration: number) => {
    const median = await observer.validate(iteration, speed.elapsedMs)
    speed.skip()
    const isBest = median !== null && median < (counters.bestMedianMtreMm ?? Infinity)
    if (!isBest || iteration === 0) return
    counters = { ...counters, bestMedianMtreMm: median }
    await save(true)
  }
  if (start.iteration === 0) await validate(0)
  for (let iteration = start.iteration + 1; iteration <= totalIterations; iteration++) {
    if (signal.aborted) {
      if (savedIteration !== counters.iteration) await save(false)
      throw new UserError(
        'cancelled',
        `The training was stopped after ${counters.iteration} iterations; what it has learnt is saved.`,
        'It goes on from there with a restart.',
      )
    }
    const batch = await parts.batches.batch(iteration - 1)
    const isUpdate = iteration % accumulate === 0 || iteration === totalIterations
    const learningRate = learningRateAt(iteration, optimisation)
    const { poseLoss, isFinite, otherParts, otherLoss } = await step(
      parts,
      batch,
      accumulate,
      isUpdate ? learningRate : null,
    )
    if (!isFinite) counters = { ...counters, skipped: counters.skipped + 1 }
    speed.tick()
    if (isUpdate) counters = { ...counters, iteration, elapsedMs: speed.elapsedMs }
    const { iterationMs } = speed
    await observer.onStep(
      {
        kind: 'step',
        iteration,
        totalIterations,
        subject: batch.subjectName,
        loss: isFinite ? weights.geo * poseLoss + otherLoss : null,
        parts: { dgeo: isFinite ? poseLoss : null, ...otherParts },
        learningRate,
        kept: batch.kept.filter((kept) => kept).length,
        batchSize: batch.count,
        skipped: counters.skipped,
        samplesPerSecond: iterationMs === null ? 0 : (1000 * sampling.batchSize) / iterationMs,
        elapsedMs: speed.elapsedMs,
        remainingMs: iterationMs === null ? null : (totalIterations - iteration) * iterationMs,
      },
      batch,
    )
    if (!isUpdate) continue
    const isLast = iteration === totalIterations
    if (validation.count > 0 && (iteration % validation.every === 0 || isLast)) await validate(iteration)
    const isDue = Math.floor(iteration / saveEvery) > Math.floor(savedIteration / saveEvery)
    if ((isDue || isLast) && savedIteration !== iteration) await save(false)
  }
  return counters
}

async function step(
  { trainer, outputLosses, outputCount }: TrainingLoopParts,
  batch: DataBatch,
  accumulate: number,
  learningRate: number | null,
) {
  const { count, xrays, targets } = batch
  const others = outputLosses === null ? null : outputLosses(batch, await trainer.predict(xrays, count))
  const share = (values: Float32Array) =>
    accumulate === 1 ? values : values.map((value) => value / accumulate)
  const result = await trainer.step(
    {
      count,
      xrays,
      targets,
      sampleWeights: share(batch.sampleWeights),
      outputGradients: share(others?.outputGradients ?? new Float32Array(count * outputCount)),
    },
    learningRate,
  )
  return {
    poseLoss: result.poseLoss * accumulate,
    isFinite: result.isFinite,
    otherParts: others?.parts ?? {},
    otherLoss: others?.loss ?? 0,
  }
}
