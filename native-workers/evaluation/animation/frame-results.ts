import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { UserError } from '../../contract/errors.js'
import { inputError } from '../../imaging/input-file.js'

const byNumber = new Intl.Collator('en', { numeric: true })

/**
 * The results of a multi-frame X-ray in the order of its frames: the given ones, or, of a single folder without a result
 * of its own, those in its subfolders in the order of their names, numbers in them counted as numbers. Errors:
 * `file-not-found`, `input-invalid` (fewer than two).
 */
export async function frameResults(paths: readonly string[]): Promise<readonly string[]> {
  const found = paths.length === 1 ? await resultsBelow(paths[0]) : paths
  if (found.length >= 2) return found
  throw new UserError(
    'input-invalid',
    `"${paths[0]}" holds ${found.length === 0 ? 'no results' : 'one result'}; an animation of frames needs at least two.`,
    'Choose the folder whose subfolders hold the results of the frames.',
  )
}

async function resultsBelow(path: string): Promise<readonly string[]> {
  const isFolder = await stat(path).then(
    (found) => found.isDirectory(),
    (error: unknown) => {
      throw inputError(error, path)
    },
  )
  if (!isFolder || (await exists(join(path, 'result.json')))) return [path]
  const names = (await readdir(path)).sort((a, b) => byNumber.compare(a, b))
  const results: string[] = []
  for (const name of names) {
    const result = join(path, name, 'result.json')
    if (await exists(result)) results.push(result)
  }
  return results
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  )
