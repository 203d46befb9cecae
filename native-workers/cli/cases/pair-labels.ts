import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { UserError } from '../../contract/errors.js'
import { caseFiles, caseName, volumeEndings } from './case-files.js'

/**
 * The label map of every volume, as `--labels` gives them: files one by one, or a folder, which may be the volumes' own.
 * Errors: `file-not-found`, `input-invalid`.
 */
export async function labelsOfVolumes(
  volumes: readonly string[],
  given: readonly string[],
): Promise<readonly string[]> {
  const [first = ''] = given
  const isFolder = await stat(first).then(
    (stats) => stats.isDirectory(),
    () => false,
  )
  return pairLabels(volumes, await caseFiles(given, volumeEndings), !isFolder)
}

/** What the preparation steps call the label map that they write beside a volume. */
export const nameOfOwnLabels = (volumeName: string): string => `${volumeName}_labels`

/**
 * The label map of every volume. As many maps as volumes named one by one belong together in their order; out of a
 * folder a map is found by its name: the one that a preparation step wrote beside the volume, or else the only one whose
 * name is the volume's own or goes on after it ("p01_cleaned" for "p01"). Errors: `input-invalid`.
 */
export function pairLabels(
  volumes: readonly string[],
  labels: readonly string[],
  areInOrder: boolean,
): readonly string[] {
  if (!areInOrder) {
    const own = new Set(volumes.map((path) => resolve(path)))
    const maps = labels.filter((path) => !own.has(resolve(path)))
    return volumes.map((volume) => labelsByName(volume, maps))
  }
  if (volumes.length === labels.length) return labels
  throw new UserError(
    'input-invalid',
    `${labels.length} label ${labels.length === 1 ? 'map is' : 'maps are'} given for ${volumes.length} ${volumes.length === 1 ? 'volume' : 'volumes'}.`,
    'Give one --labels file per volume, in the same order.',
  )
}

function labelsByName(volume: string, labels: readonly string[]): string {
  const name = caseName(volume)
  const written = labels.find((path) => caseName(path) === nameOfOwnLabels(name))
  if (written !== undefined) return written
  const found = labels.filter((path) => {
    const rest = caseName(path).startsWith(name) ? caseName(path).slice(name.length) : undefined
    return rest === '' || /^[^\p{L}\p{N}]/u.test(rest ?? '')
  })
  const [only, ...others] = found
  if (only !== undefined && others.length === 0) return only
  throw new UserError(
    'input-invalid',
    found.length === 0
      ? `There is no label map for "${name}": none is called so, or begins so.`
      : `Several label maps could belong to "${name}": ${found.map(caseName).join(', ')}.`,
    'Name volumes and label maps one by one, in the same order.',
  )
}
