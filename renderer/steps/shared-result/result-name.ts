import { caseNameOf } from '../shared/paths.js'

/** "a/case-7/result.json" is "case-7"; a result of another name is called after itself. */
export function resultName(path: string): string {
  const parts = path.split(/[\\/]/).filter(Boolean)
  const folder = parts.at(-2)
  return parts.at(-1) === 'result.json' && folder !== undefined ? caseNameOf(folder) : caseNameOf(path)
}
