import { readdir } from 'node:fs/promises'
import { caseFiles, caseName, volumeEndings } from './case-files.js'
import { nameOfOwnLabels } from './pair-labels.js'

/**
 * The volumes that a list of paths means: a folder that holds volume files is expanded to them, without the label maps
 * that a preparation step wrote beside its volumes; any other folder (a DICOM series, a TIFF stack) is a volume itself.
 * Errors: `file-not-found`.
 */
export async function volumeCases(paths: readonly string[]): Promise<string[]> {
  const expanded = await Promise.all(
    paths.map(async (path) => ((await holdsVolumeFiles(path)) ? volumesIn(path) : [path])),
  )
  return expanded.flat()
}

async function volumesIn(folder: string): Promise<string[]> {
  const files = await caseFiles([folder], volumeEndings)
  const ownLabels = new Set(files.map((path) => nameOfOwnLabels(caseName(path))))
  return files.filter((path) => !ownLabels.has(caseName(path)))
}

async function holdsVolumeFiles(path: string): Promise<boolean> {
  const names = await readdir(path).catch(() => [])
  return names.some((name) => volumeEndings.some((ending) => name.toLowerCase().endsWith(ending)))
}
