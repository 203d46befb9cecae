import { open, stat } from 'node:fs/promises'
import { type Stats } from 'node:fs'
import { basename } from 'node:path'
import { UserError } from '../contract/errors.js'

/** Turns a file system's refusal to read `path` into `file-not-found` or `file-unreadable`; other errors pass. */
export function inputError(error: unknown, path: string): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return new UserError('file-not-found', `"${path}" does not exist.`, 'Check the path.')
  }
  if (code === 'EACCES' || code === 'EPERM') {
    return new UserError('file-unreadable', `"${path}" may not be read.`, 'Check its permissions.')
  }
  if (code === 'EISDIR') {
    return new UserError('file-unreadable', `"${path}" is a folder, not a file.`, 'Name a file inside it.')
  }
  return error
}

/** The file's facts. Errors: `file-not-found`, `file-unreadable`. */
export async function statInput(path: string): Promise<Stats> {
  try {
    return await stat(path)
  } catch (error) {
    throw inputError(error, path)
  }
}

/** Up to `length` bytes of a file from `position`. Errors: `file-not-found`, `file-unreadable`. */
export async function readBytes(path: string, position: number, length: number): Promise<Buffer> {
  try {
    const file = await open(path, 'r')
    try {
      const buffer = Buffer.alloc(length)
      let filled = 0
      while (filled < length) {
        const { bytesRead } = await file.read(buffer, filled, length - filled, position + filled)
        if (bytesRead === 0) break
        filled += bytesRead
      }
      return buffer.subarray(0, filled)
    } finally {
      await file.close()
    }
  } catch (error) {
    throw inputError(error, path)
  }
}

/** The error for a file that ends before its header says; figures in bytes. */
export function truncatedError(path: string, expectedBytes: number, actualBytes: number): UserError {
  const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(bytes < 1e6 ? 4 : 1)} MB`
  return new UserError(
    'file-truncated',
    `"${basename(path)}" is incomplete: its header announces ${megabytes(expectedBytes)}, but it holds ${megabytes(actualBytes)}.`,
    'Copy or export the file again.',
  )
}

/** The error for a file whose content can't be decoded. */
export function undecodableError(path: string, what: string): UserError {
  return new UserError(
    'file-unreadable',
    `"${basename(path)}" could not be decoded as ${what}: it is damaged or uses a variant that is not supported.`,
    'Export it again, or convert it to NIfTI, NRRD or MHA.',
  )
}
