import { basename, dirname, isAbsolute, join, resolve } from 'node:path'
import { stat } from 'node:fs/promises'
import { UserError } from '../../contract/errors.js'
import { type InputRecord } from '../../contract/files/input-record.js'
import { inputRecord } from '../../imaging/provenance/input-record.js'

/** How many folders above a result are searched for inputs that were named relative to the working folder of then. */
const levelsUp = 4

/**
 * Where an input of an earlier step lies now: at its path, or at that path relative to the result's folder or one of
 * those above it, or beside the result. Its content must be what the record says, since a result is meaningless for
 * another CT or X-ray. Without a record the first that exists is taken. Errors: `file-not-found`, `input-invalid`
 * (the content has changed), `cancelled`.
 */
export async function findInput(
  path: string,
  record: InputRecord | undefined,
  resultFolder: string,
  signal?: AbortSignal,
): Promise<string> {
  let changed: string | undefined
  for (const candidate of candidates(path, resolve(resultFolder))) {
    if (!(await exists(candidate))) continue
    if (record === undefined) return candidate
    const { sha256 } = await inputRecord(record.role, candidate, signal)
    if (sha256 === record.sha256) return candidate
    changed ??= candidate
  }
  const role = record?.role ?? 'input'
  if (changed === undefined) {
    throw new UserError(
      'file-not-found',
      `The ${role} "${path}" of this result is not there any more.`,
      'Put it back at that path, or beside the result.',
    )
  }
  throw new UserError(
    'input-invalid',
    `The ${role} "${changed}" is not the file that was registered: its content differs.`,
    'Register again, or put the file back that belongs to the result.',
  )
}

function candidates(path: string, resultFolder: string): string[] {
  const found = [resolve(path)]
  if (!isAbsolute(path)) {
    let folder = resultFolder
    for (let level = 0; level <= levelsUp; level++) {
      found.push(join(folder, path))
      folder = dirname(folder)
    }
  }
  return [...new Set([...found, join(resultFolder, basename(path))])]
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  )
