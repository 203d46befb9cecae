import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { throwIfCancelled } from '../contract/errors.js'
import { type RestartTrainingInput, type TrainOutput } from '../contract/operations/train.js'
import { type OperationContext } from '../contract/progress.js'
import { bestCheckpointName, type Checkpoint } from '../contract/training/checkpoint.js'
import { type TrainingConfiguration } from '../contract/training/configuration.js'
import { type StepMeasurement } from '../contract/training/measurement.js'
import { inputRecord } from '../imaging/provenance/input-record.js'
import { type DataBatch } from './batches/data-batch.js'
import { PrefetchingBatchSource } from './batches/prefetching-batch-source.js'
import { type TrainingState } from './checkpoints/state-file.js'
import { writeCheckpoint } from './checkpoints/write-checkpoint.js'
import { networkPreprocessing } from './augmentation/network-input.js'
import { batchLoss } from './losses/batch-loss.js'
import { ExampleShow } from './loop/example-show.js'
import { TrainingRecord } from './loop/training-record.js'
import { runTrainingLoop } from './loop/training-loop.js'
import { exportedNetwork } from './networks/exported-network.js'
import { radiansPerNumber } from './networks/rotation-numbers.js'
import { SubjectRenderer } from './rendering/subject-renderer.js'
import { type SubjectVolume } from './rendering/subject-volume.js'
import { networkFrame, outputCount } from './sampling/network-frame.js'
import { freshState, networkOf } from './start/initial-state.js'
import { openTrainer } from './start/open-trainer.js'
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

/** Samples that go through the network at once: more gain nothing on a CPU and cost memory. */
const mostAtOnce = { cpu: 16, device: 128 }

/**
 * Trains to the last iteration. Errors: those of the subjects' files, of `openTrainer` and of writing into the folder;
 * `cancelled`, after what has been learnt was saved.
 */
export async function runTraining(plan: TrainingPlan, context: OperationContext): Promise<TrainOutput> {
  const { configuration, folder, resumed } = plan
  const { signal, onProgress, onEvent } = context
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

  const network = networkOf(configuration)
  const state = resumed?.trainer ?? freshState(network, configuration.seed, plan.parameters)
  const frame = networkFrame(configuration)
  const losses = chosenLosses(configuration, subjects)
  const settings = { ...configuration, silhouettes: losses.silhouettes }
  tell('prepare', null, 'Preparing the network')
  const { optimisation, detector, sampling, validation } = configuration
  const { trainer, notes } = await openTrainer(
    network,
    state,
    {
      threads: shares.network,
      height: detector.height,
      microBatch: Math.min(sampling.batchSize, mostAtOnce.cpu),
      millimetresPerNumber: millimetresPerNumber(configuration),
      // Losses on the outputs bring the exact distance with them.
      poseWeight: losses.onOutputs ? 0 : optimisation.weights.geo,
      clip: optimisation.clip,
      weightDecay: optimisation.weightDecay,
    },
    plan.device,
    plan.trainer,
  )
  onEvent({ kind: 'log', message: trainer.device })
  const renderer = await SubjectRenderer.create(subjects, detector, threads)
  const batches = new PrefetchingBatchSource(subjects, settings, { threads: shares.rendering })
  const set = validationSet(renderer, settings, { count: validation.count })
  const record = await TrainingRecord.open(
    folder,
    configuration,
    resumed === null ? null : resumed.counters.iteration,
    onEvent,
  )
  const examples = new ExampleShow(renderer, trainer, frame, onEvent)
  const outputLosses = losses.onOutputs
    ? (batch: DataBatch, outputs: Float32Array) =>
        batchLoss(renderer, frame, 2 * rotationArmMm(configuration), optimisation.weights, batch, outputs)
    : null
  let lastCheckpoint = ''
  const best = join(folder, bestCheckpointName)
  let bestCheckpoint = typeof resumed?.counters.bestMedianMtreMm === 'number' ? best : ''
  let median = resumed?.counters.bestMedianMtreMm ?? null
  try {
    const counters = await runTrainingLoop(
      configuration,
      { trainer, batches, outputLosses, outputCount: outputCount(frame) },
      {
        async onStep(measurement, batch) {
          await record.add(measurement)
          await examples.show(batch)
          const { iteration, totalIterations, remainingMs } = measurement
          tell('train', iteration / totalIterations, stepMessage(measurement, median), remainingMs)
        },
        async validate(iteration, elapsedMs) {
          if (set.samples.length === 0) return null
          const outputs = await trainer.predict(set.xrays, set.samples.length)
          const measured = measurePoses(set.samples, outputs, subjects, frame)
          median = measured.medianMtreMm
          await record.add({
            kind: 'validation',
            iteration,
            count: set.samples.length,
            medianMtreMm: measured.medianMtreMm,
            percentile90MtreMm: measured.percentile90MtreMm,
            elapsedMs,
          })
          return median
        },
        async save(counters, isBest) {
          const present = await trainer.state()
          const written = await writeCheckpoint(
            folder,
            {
              configuration,
              subjects: records,
              preprocessing: networkPreprocessing,
              network: exportedNetwork(configuration, present.parameters),
              state: { trainer: present, counters },
              iteration: counters.iteration,
              medianMtreMm: median,
            },
            isBest,
          )
          lastCheckpoint = written.path
          // Its numbered files go once two newer ones are there.
          if (isBest) bestCheckpoint = best
          await record.add({ kind: 'checkpoint', iteration: counters.iteration, path: written.path, isBest })
          await record.flush()
        },
      },
      resumed?.counters ?? { iteration: 0, skipped: 0, bestMedianMtreMm: null, elapsedMs: 0 },
      signal,
    )
    return {
      folder,
      iteration: counters.iteration,
      lastCheckpoint,
      bestCheckpoint: bestCheckpoint === '' ? lastCheckpoint : bestCheckpoint,
      medianMtreMm: counters.bestMedianMtreMm,
      skipped: counters.skipped,
      device: trainer.device,
      notes: [...warnings, ...notes],
    }
  } finally {
    await record.close()
    await batches.dispose()
    renderer.dispose()
    await trainer.dispose()
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

const rotationArmMm = ({ optimisation, detector }: TrainingConfiguration): number =>
  optimisation.rotationArmMm ?? detector.sddMm / 2

/**
 * Cores for the network and for the thread that renders ahead, at least one each: more threads than cores would make
 * the network's many small operators wait for one another.
 */
function threadShares(threads: number): { readonly network: number; readonly rendering: number } {
  const rendering = Math.max(1, Math.round(threads / 3))
  return { network: Math.max(1, threads - rendering), rendering }
}

/** What a difference of each output means in mm: rotations as arcs of the configuration's arm. */
export function millimetresPerNumber(configuration: TrainingConfiguration): number[] {
  const armMm = rotationArmMm(configuration)
  const { network } = configuration
  const arcs = radiansPerNumber[network.parameterization].map((radians) => radians * armMm)
  return [...arcs, ...new Array<number>(3).fill(network.unitConversionFactor)]
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
