import { join } from 'node:path'
import { UserError, throwIfCancelled } from '../../contract/errors.js'
import { readDicomDataSet } from './data-set.js'
import { type SliceHeader, sliceHeader } from './slice-header.js'

export interface FolderScan {
  readonly slices: readonly SliceHeader[]
  /** Files that are no DICOM pictures, and why. */
  readonly skipped: readonly { readonly name: string; readonly reason: string }[]
}

/**
 * Reads the headers of all files of a folder. A file that is no DICOM picture is skipped and reported; a DICOM file
 * that ends early is an error, since a volume without that slice would be wrong. Errors: `file-truncated`, `cancelled`.
 */
export async function scanDicomFolder(
  folder: string,
  names: readonly string[],
  signal?: AbortSignal,
): Promise<FolderScan> {
  const slices: SliceHeader[] = []
  const skipped: { name: string; reason: string }[] = []
  for (const name of names) {
    throwIfCancelled(signal)
    try {
      const slice = sliceHeader(await readDicomDataSet(join(folder, name)), name)
      if (slice === null) skipped.push({ name, reason: 'holds no picture' })
      else slices.push(slice)
    } catch (error) {
      if (!(error instanceof UserError) || error.code === 'file-truncated') throw error
      skipped.push({ name, reason: 'is not a readable DICOM file' })
    }
  }
  return { slices, skipped }
}
