import { throwIfCancelled, UserError } from '../../contract/errors.js'
import { type Optimisation, type TrainingConfiguration } from '../../contract/training/configuration.js'
import { type StepMeasurement } from '../../contract/training/measurement.js'
import { type BatchSource, type DataBatch } from '../batches/data-batch.js'
import { type BatchLoss } from '../losses/batch-loss.js'
import { type TrainingCounters } from '../checkpoints/state-file.js'
import { type Trainer } from '../trainer.js'
import { learningRateAt } from './learning-rate.js'
import { SpeedMeter } from './speed-meter.js'

/** Losses that the network's outputs are needed for, with their gradient. */
export type OutputLosses = (batch: DataBatch, outputs: Float32Array) => Promise<BatchLoss>

export interface TrainingLoopParts {
  readonly trainer: Trainer
  readonly batches: BatchSource
  /** Null where the poses' distance within the trainer is the only loss. */
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
  const { totalIterations, accumulate, saveEvery } = optimisation
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
  const stop = async (): Promise<never> => {
    if (savedIteration !== counters.iteration) await save(false)
    if (counters.iteration === 0) {
      throw new UserError('cancelled', 'The training was stopped before its first update; nothing is saved.')
    }
    throw new UserError(
      'cancelled',
      `The training was stopped after ${counters.iteration} iterations; what it has learnt is saved.`,
      'It goes on from there with a restart.',
    )
  }
  if (start.iteration === 0) await validate(0)
  for (let iteration = start.iteration + 1; iteration <= totalIterations; iteration++) {
    if (signal.aborted) await stop()
    const isUpdate = iteration % accumulate === 0 || iteration === totalIterations
    const learningRate = learningRateAt(iteration, optimisation)
    const done = await unlessAborted(signal, async () => {
      const batch = await parts.batches.batch(iteration - 1)
      throwIfCancelled(signal)
      return { batch, ...(await step(parts, batch, optimisation, isUpdate ? learningRate : null, signal)) }
    })
    const { batch, loss, lossParts } = done ?? (await stop())
    if (loss === null) counters = { ...counters, skipped: counters.skipped + 1 }
    speed.tick()
    if (isUpdate) counters = { ...counters, iteration, elapsedMs: speed.elapsedMs }
    const { iterationMs } = speed
    await observer.onStep(
      {
        kind: 'step',
        iteration,
        totalIterations,
        subject: batch.subjectName,
        loss,
        parts: lossParts,
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

/** Null where the work broke off since the signal was aborted. */
async function unlessAborted<Result>(
  signal: AbortSignal,
  work: () => Promise<Result>,
): Promise<Result | null> {
  try {
    return await work()
  } catch (error) {
    if (signal.aborted && error instanceof UserError && error.code === 'cancelled') return null
    throw error
  }
}

interface StepLoss {
  /** Null where nothing was learnt: no sample counts, or a number was not finite. */
  readonly loss: number | null
  readonly lossParts: StepMeasurement['parts']
}

async function step(
  { trainer, outputLosses, outputCount }: TrainingLoopParts,
  batch: DataBatch,
  { accumulate, weights }: Optimisation,
  learningRate: number | null,
  signal: AbortSignal,
): Promise<StepLoss> {
  const { count, xrays, targets } = batch
  if (!batch.kept.includes(true)) return { loss: null, lossParts: {} }
  const outputLoss =
    outputLosses === null ? null : await outputLosses(batch, await trainer.predict(xrays, count, signal))
  if (outputLoss?.loss === null) return { loss: null, lossParts: {} }
  const share = (values: Float32Array) =>
    accumulate === 1 ? values : values.map((value) => value / accumulate)
  const { isFinite, poseLoss } = await trainer.step(
    {
      count,
      xrays,
      targets,
      sampleWeights: share(batch.sampleWeights),
      outputGradients: share(outputLoss?.outputGradients ?? new Float32Array(count * outputCount)),
    },
    learningRate,
    signal,
  )
  if (!isFinite) return { loss: null, lossParts: {} }
  if (outputLoss !== null) return { loss: outputLoss.loss, lossParts: { ...outputLoss.parts } }
  const dgeo = poseLoss * accumulate
  return { loss: weights.geo * dgeo, lossParts: { dgeo } }
}
