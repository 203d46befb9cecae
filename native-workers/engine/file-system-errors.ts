import { UserError } from '../contract/errors.js'

interface SystemError extends Error {
  readonly code: string
  readonly syscall?: string
  readonly path?: string
}

const writingCalls: ReadonlySet<string> = new Set([
  'mkdir',
  'mkdtemp',
  'rename',
  'unlink',
  'write',
  'ftruncate',
  'rmdir',
  'copyfile',
])

/**
 * The sentence for an error of the file system that an operation let through; anything else is returned as it
 * is. Operations know more about their files and should throw their own `UserError` where they can.
 */
export function explainFileSystemError(error: unknown): unknown {
  if (!isSystemError(error)) return error
  const file = error.path === undefined ? 'A file' : `"${error.path}"`
  switch (error.code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return new UserError('file-not-found', `${file} does not exist.`)
    case 'ENOSPC':
    case 'EDQUOT':
      return new UserError('output-unwritable', `${file} could not be written: the disk is full.`)
    case 'EROFS':
      return new UserError(
        'output-unwritable',
        `${file} lies on a disk that is read-only.`,
        'Choose another folder.',
      )
    case 'EACCES':
    case 'EPERM':
      return writingCalls.has(error.syscall ?? '')
        ? new UserError('output-unwritable', `${file} may not be written.`, 'Choose another folder.')
        : new UserError('file-unreadable', `${file} may not be opened: permission is denied.`)
    case 'EISDIR':
      return new UserError('file-unreadable', `${file} is a folder, not a file.`)
    default:
      return error
  }
}

function isSystemError(error: unknown): error is SystemError {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && 'syscall' in error
}
