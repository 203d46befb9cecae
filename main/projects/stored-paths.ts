import { isAbsolute, join, posix, relative, sep, win32 } from 'node:path'
import { homedir } from 'node:os'
import { UserError } from '../../native-workers/contract/errors.js'

/** A path as `project.json` holds it: relative with forward slashes inside the project's folder, else absolute. */
export function storedPath(folder: string, path: string): string {
  const rest = relative(folder, path)
  if (isAbsolute(rest) || /^\.\.(?:[\\/]|$)/.test(rest)) return path
  return rest === '' ? '.' : rest.split(sep).join('/')
}

/** The path that a stored one means, wherever the folder lies now. Throws `UserError` when it leads out of it. */
export function pathFromStored(folder: string, stored: string): string {
  if (isStoredAbsolute(stored)) return stored
  if (stored.split(/[\\/]/).includes('..')) {
    throw new UserError('values-invalid', `The project names "${stored}", which leads out of its folder.`)
  }
  return join(folder, ...stored.split('/'))
}

/** Of either system: a project may come from the other one. */
export function isStoredAbsolute(stored: string): boolean {
  return posix.isAbsolute(stored) || win32.isAbsolute(stored)
}

/**
 * Whether a path is too wide to be opened because a project says so: a root, or a folder that the person's home
 * lies in. A project may come from somebody else.
 */
export function isTooWide(path: string, home: string = homedir()): boolean {
  const rest = relative(path, home)
  return !isAbsolute(rest) && !/^\.\.(?:[\\/]|$)/.test(rest)
}
