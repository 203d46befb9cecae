import { readdir, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { UserError } from '../../contract/errors.js'
import { distinctNames } from './distinct-names.js'

export interface ResultCase {
  readonly name: string
  readonly resultPath: string
}

const resultName = 'result.json'

/**
 * The registrations that a list of paths means: result files, folders with `result.json`, and folders of such folders.
 * A case is called after its folder. Errors: `file-not-found`, `input-invalid` (a folder without results, names that
 * can't be told apart).
 */
export async function resultCases(paths: readonly string[]): Promise<readonly ResultCase[]> {
  const found = await Promise.all(paths.map(resultsOf))
  const resultPaths = [...new Set(found.flat())]
  const namedBy = resultPaths.map((path) => (basename(path) === resultName ? dirname(path) : path))
  const names = distinctNames(namedBy)
  return resultPaths.map((resultPath, index) => ({ name: names[index], resultPath }))
}

async function resultsOf(path: string): Promise<string[]> {
  if (!(await isFolder(path))) return [path]
  const own = join(path, resultName)
  if (await exists(own)) return [own]
  const below = (await readdir(path)).sort().map((name) => join(path, name, resultName))
  const results: string[] = []
  for (const candidate of below) if (await exists(candidate)) results.push(candidate)
  if (results.length > 0) return results
  throw new UserError(
    'input-invalid',
    `Neither the folder "${path}" nor those in it hold a ${resultName}.`,
    'Name the folder that "isocenter register" wrote, or one that holds several of them.',
  )
}

async function isFolder(path: string): Promise<boolean> {
  const stats = await stat(path).catch(() => {
    throw new UserError('file-not-found', `"${path}" does not exist.`, 'Check the path.')
  })
  return stats.isDirectory()
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  )
