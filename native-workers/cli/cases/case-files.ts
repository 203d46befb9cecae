import { readdir, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { UserError } from '../../contract/errors.js'

/** Endings of single-file volumes. */
export const volumeEndings = ['.nii', '.nii.gz', '.nrrd', '.mha', '.mhd'] as const

/**
 * The files that a list of paths means: folders are expanded, one level deep, to their files with one of `endings`, in
 * the order of their names. Errors: `file-not-found`, `input-invalid` (a folder without such files).
 */
export async function caseFiles(paths: readonly string[], endings: readonly string[]): Promise<string[]> {
  const expanded = await Promise.all(paths.map((path) => filesOf(path, endings)))
  return expanded.flat()
}

async function filesOf(path: string, endings: readonly string[]): Promise<string[]> {
  const stats = await stat(path).catch(() => {
    throw new UserError('file-not-found', `"${path}" does not exist.`)
  })
  if (!stats.isDirectory()) return [path]
  const names = (await readdir(path)).filter((name) => hasEnding(name, endings)).sort()
  if (names.length > 0) return names.map((name) => join(path, name))
  throw new UserError('input-invalid', `The folder "${path}" holds no file ending in ${endings.join(', ')}.`)
}

const hasEnding = (name: string, endings: readonly string[]): boolean =>
  !name.startsWith('.') && endings.some((ending) => name.toLowerCase().endsWith(ending))

/** A file's name without folder and volume or picture ending: "a/ct.nii.gz" is "ct". */
export function caseName(path: string): string {
  return basename(path).replace(/(\.nii\.gz|\.[a-z0-9]{1,5})$/i, '')
}
