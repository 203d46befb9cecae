import { randomBytes } from 'node:crypto'
import { open, rename, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { UserError } from '../contract/errors.js'

const unwritableReasons: Readonly<Record<string, string>> = {
  EACCES: 'permission is denied',
  EPERM: 'permission is denied',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  ENOENT: 'its folder does not exist',
  ENOTDIR: 'its folder is not a folder',
  EISDIR: 'a folder of that name exists',
  EEXIST: 'a file stands where its folder would be',
}

function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}

/** Turns a file system's refusal to write `path` into `UserError('output-unwritable')`; other errors pass. */
export function outputError(error: unknown, path: string): unknown {
  const reason = unwritableReasons[errorCode(error) ?? '']
  if (reason === undefined) return error
  return new UserError(
    'output-unwritable',
    `"${path}" could not be written: ${reason}.`,
    'Choose another folder, or free space and permissions there.',
  )
}

/**
 * Lets `write` fill a temporary file beside `path` and renames it to `path` afterwards, so that nobody ever sees
 * half a file. The temporary name keeps the ending, by which writers choose their format. Errors:
 * `output-unwritable`; what `write` throws passes unchanged, and the temporary file is removed.
 */
export async function replaceFile(
  path: string,
  write: (temporaryPath: string) => Promise<void>,
): Promise<void> {
  const temporaryPath = join(dirname(path), `.${randomBytes(6).toString('hex')}.${basename(path)}`)
  try {
    await write(temporaryPath)
    await rename(temporaryPath, path)
  } catch (error) {
    await rm(temporaryPath, { force: true }).catch(() => undefined)
    throw outputError(error, path)
  }
}

/** Writes `data` to `path` through a temporary file in the same folder. Errors: `output-unwritable`. */
export async function writeFileAtomic(path: string, data: Uint8Array | string): Promise<void> {
  await replaceFile(path, async (temporaryPath) => {
    const file = await open(temporaryPath, 'wx')
    try {
      await file.writeFile(data)
      // A rename may reach the disk before the data does; a crash in between would leave an empty file.
      await file.sync()
    } finally {
      await file.close()
    }
  })
}

/**
 * Writes a file that lives no longer than the session, such as a copy for display: whole or not at all, but without
 * waiting for the disk. Errors: `output-unwritable`.
 */
export async function writeSessionFile(path: string, data: Uint8Array): Promise<void> {
  await replaceFile(path, (temporaryPath) => writeFile(temporaryPath, data, { flag: 'wx' }))
}
