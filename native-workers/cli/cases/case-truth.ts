import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { UserError } from '../../contract/errors.js'

/**
 * The file with a case's true pose: the given file itself, or in a given folder `<case>.pose.json`, `<case>.json`,
 * `<case>/pose.json` or `<case>/result.json`; undefined where the folder has none. Errors: `file-not-found`.
 */
export const truthFile = (path: string, caseName: string): Promise<string | undefined> =>
  caseFile(path, [
    `${caseName}.pose.json`,
    `${caseName}.json`,
    join(caseName, 'pose.json'),
    join(caseName, 'result.json'),
  ])

/** The points of a case: the given file, or in a given folder `<case>.points.json` or `<case>/points.json`. */
export const pointsFile = (path: string, caseName: string): Promise<string | undefined> =>
  caseFile(path, [`${caseName}.points.json`, join(caseName, 'points.json')])

/** The warp of a case: the given file, or in a given folder `<case>.tfm`, or what the preparation steps call it. */
export const warpFile = (path: string, caseName: string): Promise<string | undefined> =>
  caseFile(path, [`${caseName}.tfm`, `${caseName}_centering.tfm`])

/** A file as it is, or the first of the names that a folder has. Errors: `file-not-found`. */
async function caseFile(path: string, names: readonly string[]): Promise<string | undefined> {
  const kind = await kindOf(path)
  if (kind === 'none') throw new UserError('file-not-found', `"${path}" does not exist.`, 'Check the path.')
  if (kind === 'file') return path
  for (const name of names) if ((await kindOf(join(path, name))) === 'file') return join(path, name)
  return undefined
}

const kindOf = (path: string): Promise<'file' | 'folder' | 'none'> =>
  stat(path).then(
    (stats) => (stats.isDirectory() ? 'folder' : 'file'),
    () => 'none' as const,
  )
