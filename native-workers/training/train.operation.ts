import { resolve } from 'node:path'
import { UserError } from '../contract/errors.js'
import { type RestartTrainingInput, type TrainInput, type TrainOutput } from '../contract/operations/train.js'
import { type Operation } from '../contract/progress.js'
import { findCheckpoint, readTrainingState } from './checkpoints/read-checkpoint.js'
import { runTraining } from './run-training.js'
import { startParameters } from './start/start-parameters.js'
import { makeTrainingFolder } from './start/training-folder.js'

/** See the contract. Errors: those of `makeTrainingFolder`, `startParameters` and `runTraining`. */
export const train: Operation<TrainInput, TrainOutput> = async (input, context) => {
  const { checkpoint, warp } = input
  const configuration = {
    ...input.configuration,
    subjects: input.configuration.subjects.map((subject) =>
      warp === undefined ? subject : { ...subject, warp },
    ),
  }
  const folder = resolve(input.folder)
  await makeTrainingFolder(folder)
  const parameters = checkpoint === undefined ? undefined : await startParameters(checkpoint, configuration)
  return runTraining({ ...input, configuration, folder, resumed: null, parameters }, context)
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
