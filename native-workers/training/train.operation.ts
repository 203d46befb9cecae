import { resolve } from 'node:path'
import { UserError } from '../contract/errors.js'
import { type RestartTrainingInput, type TrainInput, type TrainOutput } from '../contract/operations/train.js'
import { type Operation } from '../contract/progress.js'
import { type TrainingConfiguration } from '../contract/training/configuration.js'
import { openNetwork, type TrainedNetwork } from './checkpoints/open-network.js'
import { findCheckpoint, readTrainingState } from './checkpoints/read-checkpoint.js'
import { runTraining } from './run-training.js'
import { startParameters } from './start/start-parameters.js'
import { makeTrainingFolder } from './start/training-folder.js'

/** See the contract. Errors: those of `makeTrainingFolder`, `openNetwork`, `startParameters` and `runTraining`. */
export const train: Operation<TrainInput, TrainOutput> = async (input, context) => {
  const start = input.checkpoint === undefined ? null : await openNetwork(input.checkpoint)
  const configuration = warped(input, start)
  const parameters = start === null ? undefined : startParameters(start, configuration)
  const folder = resolve(input.folder)
  await makeTrainingFolder(folder)
  const output = await runTraining({ ...input, configuration, folder, resumed: null, parameters }, context)
  return { ...output, notes: [...(start?.notes ?? []), ...output.notes] }
}

/** The warp belongs to the subjects from here on, so that a restart has it. */
function warped({ configuration, warp }: TrainInput, start: TrainedNetwork | null): TrainingConfiguration {
  if (warp === undefined) return configuration
  // The template's middle is known where the checkpoint was trained on it alone.
  const isocentreMm = start?.subjects.length === 1 ? start.subjects[0].isocentreMm : undefined
  const isGiven = warp.templateCentreMm.some((mm) => mm !== 0)
  const templateCentreMm = isGiven ? warp.templateCentreMm : (isocentreMm ?? warp.templateCentreMm)
  return {
    ...configuration,
    subjects: configuration.subjects.map((subject) => ({ ...subject, warp: { ...warp, templateCentreMm } })),
  }
}

/** See the contract. Errors: those of `findCheckpoint` and `runTraining`. */
export const restartTraining: Operation<RestartTrainingInput, TrainOutput> = async (input, context) => {
  const found = await findCheckpoint(input.checkpoint, true)
  const { configuration, iteration } = found.checkpoint
  if (iteration >= configuration.optimisation.totalIterations) {
    throw new UserError(
      'input-invalid',
      `The training in "${found.folder}" has done all its ${iteration} iterations.`,
      'Fine-tune its checkpoint to train on.',
    )
  }
  const resumed = await readTrainingState(found)
  const output = await runTraining({ ...input, configuration, folder: found.folder, resumed }, context)
  return { ...output, notes: [...found.notes, ...output.notes] }
}
