import { basename, dirname, extname, join } from 'node:path'
import { type Checkpoint } from '../../contract/training/checkpoint.js'
import { type TrainingDetector } from '../../contract/training/configuration.js'
import { type NetworkDescription } from '../../contract/training/network.js'
import { networkPreprocessing } from '../augmentation/network-input.js'
import { exportedNetwork } from '../networks/exported-network.js'
import { findCheckpoint, type FoundCheckpoint, readCheckpointNetwork } from './read-checkpoint.js'
import { readXvrCheckpoint } from './xvr-checkpoint.js'

/** A network to look at X-rays with, wherever it comes from. */
export interface TrainedNetwork {
  /** To people: "chest/0004". */
  readonly name: string
  /** The file whose numbers it has. */
  readonly path: string
  /** ONNX: input `xray` [batch, 1, height, height], outputs `rotation` and `translation`. */
  readonly model: Uint8Array
  readonly description: NetworkDescription
  readonly detector: TrainingDetector
  readonly preprocessing: Checkpoint['preprocessing']
  /** As in a checkpoint; empty where nobody wrote them down. */
  readonly subjects: Checkpoint['subjects']
  readonly notes: readonly string[]
}

/** Opens the network of a checkpoint or of xvr's `.pth`. Errors: those of `findCheckpoint` and `readXvrCheckpoint`. */
export async function openNetwork(path: string): Promise<TrainedNetwork> {
  return isTorchFile(path) ? ofXvr(path) : ofCheckpoint(await findCheckpoint(path))
}

export const isTorchFile = (path: string): boolean =>
  ['.pth', '.pt', '.ckpt'].includes(extname(path).toLowerCase())

async function ofCheckpoint(found: FoundCheckpoint): Promise<TrainedNetwork> {
  const { checkpoint, folder, notes } = found
  return {
    name: `${basename(dirname(found.path))}/${basename(found.path, '.json')}`,
    path: join(folder, checkpoint.network.file),
    model: await readCheckpointNetwork(found),
    description: checkpoint.configuration.network,
    detector: checkpoint.configuration.detector,
    preprocessing: checkpoint.preprocessing,
    subjects: checkpoint.subjects,
    notes,
  }
}

async function ofXvr(path: string): Promise<TrainedNetwork> {
  const { configuration, parameters, notes } = await readXvrCheckpoint(path)
  return {
    name: basename(path),
    path,
    model: exportedNetwork(configuration, parameters),
    description: configuration.network,
    detector: configuration.detector,
    preprocessing: networkPreprocessing,
    subjects: [],
    notes,
  }
}
