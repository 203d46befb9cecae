import { readFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { throwIfCancelled, UserError } from '../../contract/errors.js'
import { type InputRecord } from '../../contract/files/input-record.js'
import { reviewFileName } from '../../contract/files/result-files.js'
import { type Review, reviewSchema } from '../../contract/files/review.js'
import {
  type CheckedInput,
  type OpenRegistrationInput,
  type OpenRegistrationOutput,
} from '../../contract/operations/saved-registrations.js'
import { type Operation } from '../../contract/progress.js'
import { inputRecord } from '../../imaging/provenance/input-record.js'
import { findInput } from './find-input.js'
import { readResult } from './read-saved-registration.js'

/**
 * A saved registration as it lies on disk, with a person's review of it. Inputs that changed or are gone are told,
 * not refused: the result can still be read. Errors: `file-not-found`, `file-unreadable`, `format-unknown`, `cancelled`.
 */
export const openRegistration: Operation<OpenRegistrationInput, OpenRegistrationOutput> = async (
  { resultPath: path, checkInputs, candidatePaths },
  { signal },
) => {
  const { resultPath, result } = await readResult(path)
  const folder = dirname(resultPath)
  const inputs: CheckedInput[] = []
  if (checkInputs) {
    const hashOf = rememberedHashes(signal)
    for (const record of result.inputs) {
      throwIfCancelled(signal)
      inputs.push(await checkedInput(record, [record.path, ...candidatePaths], folder, hashOf, signal))
    }
  }
  return { resultPath, result, review: await readReview(folder), inputs }
}

/** The hash of a file, read once; null where there is none. */
type HashOf = (path: string) => Promise<string | null>

function rememberedHashes(signal: AbortSignal): HashOf {
  const known = new Map<string, string | null>()
  return async (path) => {
    const hash = known.get(path)
    if (hash !== undefined) return hash
    const read = await inputRecord('', path, signal).catch((error: unknown) => {
      if (error instanceof UserError && error.code === 'file-not-found') return null
      throw error
    })
    known.set(path, read?.sha256 ?? null)
    return read?.sha256 ?? null
  }
}

async function checkedInput(
  record: InputRecord,
  likelyPaths: readonly string[],
  folder: string,
  hashOf: HashOf,
  signal: AbortSignal,
): Promise<CheckedInput> {
  const { role, path } = record
  for (const likely of likelyPaths) {
    // Hashing is dear: another name is another file, as far as can be told cheaply.
    if (basename(likely) !== basename(path)) continue
    if ((await hashOf(likely)) === record.sha256) return { role, path: likely, state: 'same' }
  }
  try {
    return { role, path: await findInput(path, record, folder, signal), state: 'same' }
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    if (error.code === 'file-not-found') return { role, path, state: 'missing' }
    if (error.code === 'input-invalid') return { role, path, state: 'changed' }
    throw error
  }
}

async function readReview(folder: string): Promise<Review | null> {
  try {
    return reviewSchema.parse(JSON.parse(await readFile(join(folder, reviewFileName), 'utf8')))
  } catch {
    return null
  }
}
