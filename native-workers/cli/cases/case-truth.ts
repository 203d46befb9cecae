import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { UserError } from '../../contract/errors.js'

/**
 * The file with a case's true pose: the given file itself, or in a given folder `<case>.pose.json`, `<case>.json`,
 * `<case>/pose.json` or `<case>/result.json`; undefined where the folder has none. Errors: `file-not-found`.
 */
export async function truthFile(path: string, caseName: string): Promise<string | undefined> {
  const kind = await kindOf(path)
  if (kind === 'none') throw new UserError('file-not-found', `"${path}" does not exist.`, 'Check the path.')
  if (kind === 'file') return path
  const names = [
    `${caseName}.pose.json`,
    `${caseName}.json`,
    join(caseName, 'pose.json'),
    join(caseName, 'result.json'),
  ]
  for (const name of names) if ((await kindOf(join(path, name))) === 'file') return join(path, name)
  return undefined
}

const kindOf = (path: string): Promise<'file' | 'folder' | 'none'> =>
  stat(path).then(
    (stats) => (stats.isDirectory() ? 'folder' : 'file'),
    () => 'none' as const,
  )
