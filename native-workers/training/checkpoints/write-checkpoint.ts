import { createHash } from 'node:crypto'
import { access, open, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import {
  checkpointNumbers,
  checkpointStem,
  describedCheckpointNumbers,
  unfinishedFiles,
} from './checkpoint-files.js'
import { encodeState, type TrainingState } from './state-file.js'
import { readDescription } from './read-checkpoint.js'
import { xvrConfig } from './xvr-config.js'
import { bestCheckpointName, type Checkpoint } from '../../contract/training/checkpoint.js'
import { version } from '../../contract/version.js'
import { replaceFile, writeFileAtomic } from '../../imaging/atomic-write.js'

export interface CheckpointContent {
  readonly configuration: Checkpoint['configuration']
  readonly subjects: Checkpoint['subjects']
  readonly preprocessing: Checkpoint['preprocessing']
  /** The inference network as an ONNX model. */
  readonly network: Uint8Array
  /** None for a network from elsewhere, which cannot be restarted. */
  readonly state: TrainingState | null
  readonly iteration: number
  readonly medianMtreMm: number | null
  /** xvr's keys where the network came with its own; else made from the configuration. */
  readonly config?: Checkpoint['config']
}

export interface WrittenCheckpoint {
  /** The JSON file. */
  readonly path: string
  readonly checkpoint: Checkpoint
}

const keptCheckpoints = 2

/**
 * Writes the next checkpoint of a folder: network, state, and last the JSON with their hashes, each under a temporary
 * name, synchronised and renamed, so that a crash or a full disk leaves the ones before as they were. Where it is the
 * best so far, `best.json` says so; then all but the newest two and the best are deleted. Errors: `output-unwritable`.
 */
export async function writeCheckpoint(
  folder: string,
  content: CheckpointContent,
  isBest: boolean,
): Promise<WrittenCheckpoint> {
  const number = ((await checkpointNumbers(folder)).at(0) ?? 0) + 1
  const stem = checkpointStem(number)
  const { configuration, state, iteration } = content
  const written: string[] = []
  const write = async (ending: string, pieces: readonly Uint8Array[]) => {
    const path = join(folder, `${stem}.${ending}`)
    written.push(path)
    return writePieces(path, pieces)
  }
  try {
    const created = new Date().toISOString()
    const checkpoint: Checkpoint = {
      schema: 'isocenter/checkpoint@1',
      created,
      version,
      network: await write('onnx', [content.network]),
      ...(state === null ? {} : { state: await write('state', encodeState(state)) }),
      iteration,
      medianMtreMm: content.medianMtreMm,
      configuration,
      preprocessing: content.preprocessing,
      subjects: content.subjects,
      config: content.config ?? xvrConfig(configuration),
    }
    const text = `${JSON.stringify(checkpoint, null, 2)}\n`
    const path = join(folder, `${stem}.json`)
    await writeFileAtomic(path, text)
    if (isBest) await writeFileAtomic(join(folder, bestCheckpointName), bestText(checkpoint))
    await deleteOlder(folder)
    return { path, checkpoint }
  } catch (error) {
    if (!(await exists(join(folder, `${stem}.json`)))) {
      await Promise.all(written.map((path) => rm(path, { force: true }).catch(() => undefined)))
    }
    throw error
  }
}

/** The best one keeps its network, to register with and to fine-tune; a restart goes on from the newest. */
function bestText(checkpoint: Checkpoint): string {
  return `${JSON.stringify({ ...checkpoint, state: undefined }, null, 2)}\n`
}

async function writePieces(path: string, pieces: readonly Uint8Array[]): Promise<Checkpoint['network']> {
  const hash = createHash('sha256')
  let bytes = 0
  await replaceFile(path, async (temporaryPath) => {
    const file = await open(temporaryPath, 'wx')
    try {
      for (const piece of pieces) {
        hash.update(piece)
        bytes += piece.byteLength
        await file.writeFile(piece)
      }
      await file.sync()
    } finally {
      await file.close()
    }
  })
  return { file: basename(path), sha256: hash.digest('hex'), bytes }
}

/** JSON files go first: what is left after a crash in between is no checkpoint. */
async function deleteOlder(folder: string): Promise<void> {
  const kept = new Set((await describedCheckpointNumbers(folder)).slice(0, keptCheckpoints))
  const bestNetwork = await networkOfBest(folder)
  const old = (await checkpointNumbers(folder)).filter((number) => !kept.has(number))
  const names = old.flatMap((number) =>
    ['json', 'state', 'onnx'].map((ending) => `${checkpointStem(number)}.${ending}`),
  )
  for (const name of [...names, ...(await unfinishedFiles(folder))]) {
    if (name !== bestNetwork) await rm(join(folder, name), { force: true })
  }
}

async function networkOfBest(folder: string): Promise<string | null> {
  const path = join(folder, bestCheckpointName)
  return (await exists(path)) ? (await readDescription(path)).network.file : null
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
