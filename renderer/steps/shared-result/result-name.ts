import { caseNameOf } from '../shared/paths.js'

/** "a/case-7/result.json" is "case-7"; a result of another name is called after itself. */
export function resultName(path: string): string {
  const parts = path.split(/[\\/]/).filter(Boolean)
  const folder = parts.at(-2)
  return parts.at(-1) === 'result.json' && folder !== undefined ? caseNameOf(folder) : caseNameOf(path)
}

/**
 * The folder that a result is saved into beside the others of its project, by the second it was made: a later
 * registration never writes over an earlier one.
 */
export function resultFolderName(created: string): string {
  const digits = created.replaceAll(/\D/g, '')
  return `registration-${digits.slice(0, 8)}-${digits.slice(8, 14)}`
}
