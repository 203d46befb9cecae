import { stat } from 'node:fs/promises'
import type { FileFacts } from '../../native-workers/contract/project/project.js'
import { isStoredAbsolute } from './stored-paths.js'

/** Facts of a file or folder; null when there is none. */
export async function factsOf(path: string): Promise<FileFacts | null> {
  try {
    const found = await stat(path)
    return { sizeBytes: found.isDirectory() ? null : found.size, modified: found.mtime.toISOString() }
  } catch {
    return null
  }
}

/**
 * Whether a file is likely another than the project knew. Inside the project's folder the time does not count:
 * copying the folder changes it.
 */
export function hasChanged(stored: string, known: FileFacts, found: FileFacts): boolean {
  if (known.sizeBytes !== found.sizeBytes) return true
  return isStoredAbsolute(stored) && known.modified !== found.modified
}
