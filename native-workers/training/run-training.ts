import { availableParallelism } from 'node:os'
import { throwIfCancelled } from '../contract/errors.js'
import { type RestartTrainingInput, type TrainOutput } from '../contract/operations/train.js'
import { type OperationContext } from '../contract/progress.js'
import { type Checkpoint } from '../contract/training/checkpoint.js'
import { type TrainingConfiguration } from '../contract/training/configuration.js'
import { type StepMeasurement } from '../contract/training/measurement.js'
import { inputRecord } from '../imaging/provenance/input-record.js'
import { type DataBatch } from './batches/data-batch.js'
import { PrefetchingBatchSource } from './batches/prefetching-batch-source.js'
import { CheckpointWriter } from './checkpoints/checkpoint-writer.js'
import { type TrainingState } from './checkpoints/state-file.js'
import { batchLoss } from './losses/batch-loss.js'
import { ExampleShow } from './loop/example-show.js'
import { TrainingRecord } from './loop/training-record.js'
import { runTrainingLoop } from './loop/training-loop.js'
import { SubjectRenderer } from './rendering/subject-renderer.js'
import { type SubjectVolume } from './rendering/subject-volume.js'
import { networkFrame, outputCount } from './sampling/network-frame.js'
import { CleanUp } from './start/clean-up.js'
import { freshState, networkOf } from './start/initial-state.js'
import { openTrainer } from './start/open-trainer.js'
import { millimetresPerNumber, rotationArmMm } from './start/pose-loss-units.js'
import { loadSubjects } from './subjects/load-subjects.js'
import { type NamedArray } from './trainer.js'
import { measurePoses } from './validation/measure-poses.js'
import { validationSet } from './validation/validation-set.js'

export interface TrainingPlan extends Omit<RestartTrainingInput, 'checkpoint'> {
  readonly configuration: TrainingConfiguration
  readonly folder: string
  /** Where a training goes on; null for a new one. */
  readonly resumed: TrainingState | null
  /** Parameters of another training to start a new one with. */
  readonly parameters?: readonly NamedArray[]
}

/**
 * Trains to the last iteration. Errors: those of the subjects' files, of `openTrainer` and of writing into the folder;
 * `cancelled`, after what has been learnt was saved.
 */
export async function runTraining(plan: TrainingPlan, context: OperationContext): Promise<TrainOutput> {
  const cleanUp = new CleanUp()
  try {
    return await trained(plan, context, cleanUp)
  } finally {
    await cleanUp.run()
  }
}

async function trained(
  plan: TrainingPlan,
  { signal, onProgress, onEvent }: OperationContext,
  cleanUp: CleanUp,
): Promise<TrainOutput> {
  const { configuration, folder, resumed } = plan
  const { optimisation, detector, sampling, validation } = configuration
  const tell = (phase: string, fraction: number | null, message: string, remainingMs: number | null = null) =>
    onProgress({ phase, fraction, message, elapsedMs: 0, remainingMs })
  const threads = plan.threads ?? availableParallelism()
  const shares = threadShares(threads)
  tell('load', 0, 'Reading the CTs')
  const { subjects, warnings } = await loadSubjects(configuration, {
    signal,
    onSubject: (done) => tell('load', done / configuration.subjects.length, 'Reading the CTs'),
  })
  const records = await subjectRecords(configuration, subjects, signal)
  throwIfCancelled(signal)

  tell('prepare', null, 'Preparing the network')
  const network = networkOf(configuration)
  const frame = networkFrame(configuration)
  const losses = chosenLosses(configuration, subjects)
  const opened = await openTrainer(
    network,
    resumed?.trainer ?? freshState(network, configuration.seed, plan.parameters),
    {
      threads: shares.network,
      height: detector.height,
      batchSize: sampling.batchSize,
      millimetresPerNumber: millimetresPerNumber(configuration),
      // Losses on the outputs bring the exact distance with them.
      poseWeight: losses.onOutputs ? 0 : optimisation.weights.geo,
      clip: optimisation.clip,
      weightDecay: optimisation.weightDecay,
    },
    plan.device,
    plan.trainer,
  )
  const trainer = cleanUp.opened(opened.trainer, (made) => made.dispose())
  onEvent({ kind: 'log', message: trainer.device })
  const settings = { ...configuration, silhouettes: losses.silhouettes }
  const renderer = cleanUp.opened(await SubjectRenderer.create(subjects, detector, threads), (made) =>
    made.dispose(),
  )
  const batches = cleanUp.opened(
    new PrefetchingBatchSource(subjects, settings, { threads: shares.rendering }),
    (made) => made.dispose(),
  )
  const record = cleanUp.opened(
    await TrainingRecord.open(folder, configuration, resumed?.counters.iteration ?? null, onEvent),
    (made) => made.close(),
  )
  const checkpoints = new CheckpointWriter(folder, configuration, records, resumed?.counters ?? null)
  const set = validationSet(renderer, settings, { count: validation.count })
  const examples = new ExampleShow(renderer, trainer, frame, onEvent)
  const outputLosses = (batch: DataBatch, outputs: Float32Array) =>
    batchLoss(
      renderer,
      frame,
      2 * rotationArmMm(configuration),
      optimisation.weights,
      batch,
      outputs,
      async () => {
        await new Promise<void>((resolve) => setImmediate(resolve))
        throwIfCancelled(signal)
      },
    )

  const counters = await runTrainingLoop(
    configuration,
    {
      trainer,
      batches,
      outputLosses: losses.onOutputs ? outputLosses : null,
      outputCount: outputCount(frame),
    },
    {
      async onStep(measurement, batch) {
        await record.add(measurement)
        await examples.show(batch)
        const { iteration, totalIterations, remainingMs } = measurement
        const message = stepMessage(measurement, checkpoints.medianMtreMm)
        tell('train', iteration / totalIterations, message, remainingMs)
      },
      async validate(iteration, elapsedMs) {
        const count = set.samples.length
        if (count === 0) return null
        const outputs = await trainer.predict(set.xrays, count)
        const { medianMtreMm, percentile90MtreMm } = measurePoses(set.samples, outputs, subjects, frame)
        await record.add({
          ...{ kind: 'validation', iteration, count, medianMtreMm, percentile90MtreMm, elapsedMs },
        })
        checkpoints.medianMtreMm = medianMtreMm
        return medianMtreMm
      },
      async save(counters, isBest) {
        const path = await checkpoints.write(await trainer.state(), counters, isBest)
        await record.add({ kind: 'checkpoint', iteration: counters.iteration, path, isBest })
        await record.flush()
      },
    },
    resumed?.counters ?? { iteration: 0, skipped: 0, bestMedianMtreMm: null, elapsedMs: 0 },
    signal,
  )
  return {
    folder,
    iteration: counters.iteration,
    lastCheckpoint: checkpoints.last,
    bestCheckpoint: checkpoints.best,
    medianMtreMm: counters.bestMedianMtreMm,
    skipped: counters.skipped,
    device: trainer.device,
    notes: [...warnings, ...opened.notes],
  }
}

/** Which losses are computed; the distance of the poses alone needs nothing outside the trainer. */
function chosenLosses(
  { optimisation: { weights } }: TrainingConfiguration,
  subjects: readonly SubjectVolume[],
): { readonly onOutputs: boolean; readonly silhouettes: boolean } {
  const silhouettes = (weights.dice > 0 || weights.haus > 0) && subjects.some(({ labels }) => labels !== null)
  return { onOutputs: weights.ncc > 0 || silhouettes, silhouettes }
}

/**
 * Cores for the network and for the thread that renders ahead, at least one each: more threads than cores would make
 * the network's many small operators wait for one another.
 */
function threadShares(threads: number): { readonly network: number; readonly rendering: number } {
  const rendering = Math.max(1, Math.round(threads / 3))
  return { network: Math.max(1, threads - rendering), rendering }
}

async function subjectRecords(
  { subjects: sources }: TrainingConfiguration,
  subjects: readonly SubjectVolume[],
  signal: AbortSignal,
): Promise<Checkpoint['subjects']> {
  const records: Checkpoint['subjects'] = []
  for (const [index, { name, isocentreMm }] of subjects.entries()) {
    const { sha256 } = await inputRecord('volume', sources[index].volume.path, signal)
    const [x, y, z] = isocentreMm
    records.push({ name, isocentreMm: [x, y, z], sha256 })
  }
  return records
}

function stepMessage(
  { iteration, totalIterations, loss, samplesPerSecond }: StepMeasurement,
  medianMtreMm: number | null,
): string {
  const parts = [
    `iteration ${iteration} of ${totalIterations}`,
    loss === null ? 'skipped' : `loss ${loss.toFixed(3)}`,
    ...(medianMtreMm === null ? [] : [`mTRE ${medianMtreMm.toFixed(1)} mm`]),
    `${samplesPerSecond.toFixed(0)} X-rays/s`,
  ]
  return parts.join(', ')
}
