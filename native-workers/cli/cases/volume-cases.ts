import { readdir } from 'node:fs/promises'
import { caseFiles, volumeEndings } from './case-files.js'

/**
 * The volumes that a list of paths means: a folder that holds volume files is expanded to them, any other folder (a
 * DICOM series, a TIFF stack) is a volume itself. Errors: `file-not-found`.
 */
export async function volumeCases(paths: readonly string[]): Promise<string[]> {
  const expanded = await Promise.all(
    paths.map(async (path) => ((await holdsVolumeFiles(path)) ? caseFiles([path], volumeEndings) : [path])),
  )
  return expanded.flat()
}

async function holdsVolumeFiles(path: string): Promise<boolean> {
  const names = await readdir(path).catch(() => [])
  return names.some((name) => volumeEndings.some((ending) => name.toLowerCase().endsWith(ending)))
}
