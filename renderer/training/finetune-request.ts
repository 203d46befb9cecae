import type { Checkpoint } from '../../native-workers/contract/training/checkpoint.js'
import { finetuneDefaults, finetuneIterations } from '../../native-workers/contract/training/presets.js'
import { structuresFromText } from '../registration/structures.js'
import { joinPath } from '../steps/shared/paths.js'
import { missing, missingForAnyStep, type Prepared } from '../steps/shared/prepared.js'
import { text } from '../text/en.js'
import { openSubject } from './subjects.js'
import type { LabelsForm, MachineForm } from './train-form.js'
import { madeUpName, type TrainRequest, type TrainSituation } from './train-request.js'

export interface FinetuneForm extends MachineForm, LabelsForm {
  readonly name: string
  /** A checkpoint's JSON, a training's folder, or xvr's `.pth`. */
  readonly checkpoint: string | null
  readonly warpPath: string | null
  readonly invertsWarp: boolean
  readonly totalIterations: number
  readonly learningRate: number
  readonly batchSize: number | null
  readonly saveEvery: number
}

export const defaultFinetuneForm: FinetuneForm = {
  name: '',
  checkpoint: null,
  warpPath: null,
  invertsWarp: false,
  totalIterations: finetuneIterations.light,
  learningRate: finetuneDefaults.learningRate,
  batchSize: null,
  saveEvery: finetuneDefaults.saveEvery,
  usesLabels: true,
  structures: '',
  seed: 0,
  device: 'auto',
  threads: 0,
}
const { warmupIterations, accumulate } = finetuneDefaults

export interface FinetuneSituation extends TrainSituation {
  /** Of the chosen network; null while it is read, or could not be. */
  readonly checkpoint: Checkpoint | null
  /** Why there is none, where it could not be read. */
  readonly checkpointProblem: string | null
}

/**
 * Trains a network on with the open CT alone, in the ranges and with the detector that it was trained for: others would
 * make of it a network that knows neither well.
 */
export function prepareFinetuning(situation: FinetuneSituation, form: FinetuneForm): Prepared<TrainRequest> {
  const notYet = missingForAnyStep(situation)
  if (notYet !== null) return missing(notYet)
  const words = text.training.missing
  if (form.checkpoint === null) return missing(words.checkpoint)
  const { checkpoint, checkpointProblem, outputFolder } = situation
  if (checkpoint === null) return missing(checkpointProblem ?? words.checkpointReading)
  const open = openSubject(situation, form, 1)
  if (open === null) return missing(text.preparation.missing.volume)
  if (outputFolder === null) return missing(text.preparation.missing.folder)
  if (structuresFromText(form.structures) === null) return missing(words.structures)
  if (warmupIterations >= form.totalIterations) return missing(words.warmup)
  const { configuration } = checkpoint
  const name =
    form.name.trim() === ''
      ? madeUpName(configuration.network.name, open.name, situation.stamp)
      : form.name.trim()
  return {
    kind: 'ready',
    request: {
      configuration: {
        ...configuration,
        subjects: [open],
        sampling: {
          ...configuration.sampling,
          batchSize: form.batchSize ?? configuration.sampling.batchSize,
        },
        optimisation: {
          ...configuration.optimisation,
          learningRate: form.learningRate,
          totalIterations: form.totalIterations,
          warmupIterations,
          accumulate,
          saveEvery: form.saveEvery,
        },
        validation: { ...configuration.validation, every: finetuneDefaults.validateEvery },
        seed: form.seed,
      },
      checkpoint: form.checkpoint,
      ...(form.warpPath !== null && { warp: { path: form.warpPath, invert: form.invertsWarp } }),
      folder: joinPath(outputFolder, 'finetune', name),
      device: form.device,
      ...(form.threads > 0 && { threads: form.threads }),
    },
  }
}
