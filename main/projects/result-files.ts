import { readdir } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import {
  isResultFile,
  isResultPicture,
  resultFileName,
  reviewFileName,
} from '../../native-workers/contract/files/result-files.js'
import { isTooWide } from './stored-paths.js'

/** The result file of a registration, which a project stores as its folder or as the file itself. */
export function resultFileOf(stored: string): string {
  return isResultFile(stored) ? stored : join(stored, resultFileName)
}

/**
 * What is opened with a registration: its folder, or, where that is too wide to be opened, the files that a
 * registration consists of.
 */
export async function placesOfResult(stored: string): Promise<readonly string[]> {
  const file = resultFileOf(stored)
  const folder = dirname(file)
  if (!isTooWide(folder)) return [folder]
  const names = await readdir(folder).catch(() => [])
  const own = names.filter((name) => isResultPicture(name) || name === reviewFileName)
  return [basename(file), ...own].map((name) => join(folder, name))
}
