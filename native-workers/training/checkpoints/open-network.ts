import { basename, dirname, join } from 'node:path'
import { type Checkpoint } from '../../contract/training/checkpoint.js'
import { type TrainingDetector } from '../../contract/training/configuration.js'
import { type NetworkDescription } from '../../contract/training/network.js'
import { findCheckpoint, readCheckpointNetwork } from './read-checkpoint.js'

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

/** Opens a checkpoint's network. Errors: those of `findCheckpoint`. */
export async function openNetwork(path: string): Promise<TrainedNetwork> {
  const found = await findCheckpoint(path)
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
