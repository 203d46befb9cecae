import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { basename, dirname, extname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { checkpointStem, describedCheckpointNumbers } from './checkpoint-files.js'
import { decodeState, type TrainingState } from './state-file.js'
import { UserError } from '../../contract/errors.js'
import { bestCheckpointName, checkpointSchema, type Checkpoint } from '../../contract/training/checkpoint.js'
import { inputError, statInput } from '../../imaging/input-file.js'

/** A checkpoint of Isocenter whose files are there and are those that it was written with. */
export interface FoundCheckpoint {
  readonly checkpoint: Checkpoint
  readonly folder: string
  /** The JSON file. */
  readonly path: string
  /** What was passed over on the way to it. */
  readonly notes: readonly string[]
}

/**
 * The checkpoint at a path: its JSON, network or state file, or a folder, which stands for its newest whole one (or
 * `best.json`, where that is all it has). Hashes are compared, so that a damaged file is noticed; in a folder the one
 * before takes its place, with a note. With `needsState` the state file counts too. Errors: `file-not-found`,
 * `file-unreadable`, `format-unknown`.
 */
export async function findCheckpoint(path: string, needsState = false): Promise<FoundCheckpoint> {
  if ((await statInput(path)).isDirectory()) return newestIn(path, needsState)
  const described = join(dirname(path), `${basename(path, extname(path))}.json`)
  return whole(described, needsState)
}

/** The state to go on from. Errors: `input-invalid` where the checkpoint has none, `file-unreadable`. */
export async function readTrainingState({ checkpoint, folder }: FoundCheckpoint): Promise<TrainingState> {
  const { state } = checkpoint
  if (state === undefined) throw noState()
  return decodeState(await readMember(join(folder, state.file)), state.file)
}

/** The bytes of the checkpoint's ONNX model. */
export async function readCheckpointNetwork({ checkpoint, folder }: FoundCheckpoint): Promise<Uint8Array> {
  return readMember(join(folder, checkpoint.network.file))
}

/** What a checkpoint's JSON says; its files are not looked at. Errors: `file-not-found`, `format-unknown`. */
export async function readDescription(path: string): Promise<Checkpoint> {
  const described = checkpointSchema.safeParse(parsed((await readMember(path)).toString('utf8')))
  if (described.success) return described.data
  throw new UserError(
    'format-unknown',
    `"${basename(path)}" does not describe a checkpoint of Isocenter.`,
    'Name the folder of a training, or one of its checkpoints.',
  )
}

async function newestIn(folder: string, needsState: boolean): Promise<FoundCheckpoint> {
  const stems = (await describedCheckpointNumbers(folder)).map((number) => `${checkpointStem(number)}.json`)
  const notes: string[] = []
  for (const name of needsState ? stems : [...stems, bestCheckpointName]) {
    try {
      const found = await whole(join(folder, name), needsState)
      return { ...found, notes }
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      if (name !== bestCheckpointName || stems.length > 0) {
        notes.push(`The checkpoint ${name} was passed over: ${error.message}`)
      }
    }
  }
  throw new UserError(
    'file-not-found',
    [`"${folder}" holds no whole checkpoint.`, ...notes].join(' '),
    'Name the folder of a training, which holds files such as 0001.json and 0001.onnx.',
  )
}

async function whole(path: string, needsState: boolean): Promise<FoundCheckpoint> {
  const checkpoint = await readDescription(path)
  const folder = dirname(path)
  const { network, state } = checkpoint
  if (needsState && state === undefined) throw noState()
  await verify(join(folder, network.file), network)
  if (needsState && state !== undefined) await verify(join(folder, state.file), state)
  return { checkpoint, folder, path, notes: [] }
}

function noState(): UserError {
  return new UserError(
    'input-invalid',
    'The checkpoint has a network, but no state of its training to go on from.',
    'Fine-tune it instead, or name the folder of its training.',
  )
}

async function verify(path: string, { sha256, bytes }: Checkpoint['network']): Promise<void> {
  const name = basename(path)
  const { size } = await statInput(path)
  const hash = createHash('sha256')
  if (size === bytes) await pipeline(createReadStream(path), hash)
  if (size === bytes && hash.digest('hex') === sha256) return
  throw new UserError(
    'file-unreadable',
    `"${name}" is not the file that the checkpoint was written with.`,
    'Copy the checkpoint again.',
  )
}

async function readMember(path: string): Promise<Buffer> {
  try {
    return await readFile(path)
  } catch (error) {
    throw inputError(error, path)
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
