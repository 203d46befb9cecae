import { stat } from 'node:fs/promises'
import { extname } from 'node:path'
import { UserError } from '../contract/errors.js'
import {
  type ConvertCheckpointInput,
  type ConvertCheckpointOutput,
} from '../contract/operations/convert-checkpoint.js'
import { type Operation } from '../contract/progress.js'
import { findCheckpoint, readCheckpointNetwork } from './checkpoints/read-checkpoint.js'
import { writeXvrCheckpoint } from './checkpoints/write-xvr-checkpoint.js'
import { parametersOfModel } from './networks/parameters-of-model.js'

/** See the contract. Errors: those of `findCheckpoint`; `output-exists`, `output-unwritable`, `input-invalid`. */
export const convertCheckpoint: Operation<ConvertCheckpointInput, ConvertCheckpointOutput> = async ({
  path,
  outputPath,
  force,
}) => {
  if (extname(outputPath).toLowerCase() !== '.pth') {
    throw new UserError('input-invalid', `"${outputPath}" does not end in .pth.`)
  }
  const found = await findCheckpoint(path)
  const exists = await stat(outputPath).then(
    () => true,
    () => false,
  )
  if (exists && !force) {
    throw new UserError(
      'output-exists',
      `"${outputPath}" is there already.`,
      'Choose another name, or --force.',
    )
  }
  const parameters = parametersOfModel(await readCheckpointNetwork(found))
  await writeXvrCheckpoint(outputPath, found.checkpoint, parameters)
  const { configuration, iteration } = found.checkpoint
  return {
    path: outputPath,
    network: configuration.network.name,
    iteration,
    parameters: parameters.reduce((sum, { values }) => sum + values.length, 0),
  }
}
