import { bestCheckpointName } from '../../native-workers/contract/training/checkpoint.js'
import type { ReadTrainingOutput, TrainOutput } from '../../native-workers/contract/operations/train.js'
import type { WireError } from '../../native-workers/contract/wire-error.js'
import { joinPath } from '../steps/shared/paths.js'
import type { StepStatus } from '../workflow/step-names.js'
import type { TrainingTrace } from './trace.js'

/** The steps that trainings are started from. */
export type TrainingStep = 'train' | 'finetune'

/** What a training has left. */
export interface TrainingResult {
  readonly iteration: number
  /** JSON files. */
  readonly lastCheckpoint: string
  readonly bestCheckpoint: string
  readonly medianMtreMm: number | null
  readonly skipped: number
  /** What ran; null where only its files tell of it. */
  readonly device: string | null
  readonly notes: readonly string[]
}

interface Known {
  readonly step: TrainingStep
  readonly folder: string
  /** As the rail shows it. */
  readonly status: StepStatus
}

/** Where the shown training stands. */
export type TrainingState =
  | { readonly kind: 'none' }
  | (Known & { readonly kind: 'running'; readonly jobId: number; readonly pausing: boolean })
  /** It can go on from its newest checkpoint. */
  | (Known & { readonly kind: 'paused' })
  | (Known & { readonly kind: 'failed'; readonly error: WireError })
  | (Known & { readonly kind: 'ended'; readonly result: TrainingResult })

export function resultOfOutput(output: TrainOutput): TrainingResult {
  const { iteration, lastCheckpoint, bestCheckpoint, medianMtreMm, skipped, device, notes } = output
  return { iteration, lastCheckpoint, bestCheckpoint, medianMtreMm, skipped, device, notes }
}

/** The same from the folder of a training that ended some other way. */
export function resultOfRead(
  { folder, checkpoint, checkpointPath }: ReadTrainingOutput,
  { hasBest, latest, validations }: TrainingTrace,
): TrainingResult {
  return {
    iteration: checkpoint.iteration,
    lastCheckpoint: checkpointPath,
    bestCheckpoint: hasBest ? joinPath(folder, bestCheckpointName) : checkpointPath,
    medianMtreMm:
      validations.length === 0
        ? checkpoint.medianMtreMm
        : Math.min(...validations.map(({ medianMtreMm }) => medianMtreMm)),
    skipped: latest?.skipped ?? 0,
    device: null,
    notes: [],
  }
}
