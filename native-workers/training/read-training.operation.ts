import { basename, dirname } from 'node:path'
import type { ReadTrainingInput, ReadTrainingOutput } from '../contract/operations/train.js'
import type { Operation } from '../contract/progress.js'
import { version } from '../contract/version.js'
import { inputRecord } from '../imaging/provenance/input-record.js'
import { networkPreprocessing } from './augmentation/network-input.js'
import { isTorchFile } from './checkpoints/open-network.js'
import { findCheckpoint } from './checkpoints/read-checkpoint.js'
import { readXvrCheckpoint } from './checkpoints/xvr-checkpoint.js'
import { readMeasurements } from './log/read-log.js'

const largestStepCount = 2000

/** See the contract. Errors: those of `findCheckpoint` and `readXvrCheckpoint`. */
export const readTraining: Operation<ReadTrainingInput, ReadTrainingOutput> = async ({ path }) => {
  if (isTorchFile(path)) return ofXvr(path)
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

/** xvr keeps its log elsewhere. */
async function ofXvr(path: string): Promise<ReadTrainingOutput> {
  const { configuration, iteration, created, config } = await readXvrCheckpoint(path)
  const { sha256, bytes } = await inputRecord('network', path)
  return {
    folder: dirname(path),
    checkpoint: {
      schema: 'isocenter/checkpoint@1',
      created,
      version,
      network: { file: basename(path), sha256, bytes },
      iteration,
      medianMtreMm: null,
      configuration,
      preprocessing: networkPreprocessing,
      subjects: [],
      config,
    },
    checkpointPath: path,
    measurements: [],
    isFinished: true,
  }
}
