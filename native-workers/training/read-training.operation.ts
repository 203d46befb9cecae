import { dirname } from 'node:path'
import type { ReadTrainingInput, ReadTrainingOutput } from '../contract/operations/train.js'
import type { Operation } from '../contract/progress.js'
import { findCheckpoint } from './checkpoints/read-checkpoint.js'
import { readMeasurements } from './log/read-log.js'

const largestStepCount = 2000

/** See the contract. Errors: those of `findCheckpoint`. */
export const readTraining: Operation<ReadTrainingInput, ReadTrainingOutput> = async ({ path }) => {
  const { checkpoint, path: checkpointPath } = await findCheckpoint(path)
  const folder = dirname(checkpointPath)
  return {
    folder,
    checkpoint,
    checkpointPath,
    measurements: await readMeasurements(folder, largestStepCount),
    isFinished: checkpoint.iteration >= checkpoint.configuration.optimisation.totalIterations,
  }
}
