import { UserError } from '../../contract/errors.js'
import { caseName } from './case-files.js'

/**
 * The label map of every volume. As many maps as volumes named one by one belong together in their order; out of a
 * folder a map is found by its name, which is the volume's own or goes on after it ("p01_cleaned" for "p01"). Errors:
 * `input-invalid`.
 */
export function pairLabels(
  volumes: readonly string[],
  labels: readonly string[],
  areInOrder: boolean,
): readonly string[] {
  if (!areInOrder) return volumes.map((volume) => labelsByName(volume, labels))
  if (volumes.length === labels.length) return labels
  throw new UserError(
    'input-invalid',
    `${labels.length} label ${labels.length === 1 ? 'map is' : 'maps are'} given for ${volumes.length} ${volumes.length === 1 ? 'volume' : 'volumes'}.`,
    'Give one --labels file per volume, in the same order.',
  )
}

function labelsByName(volume: string, labels: readonly string[]): string {
  const name = caseName(volume)
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
