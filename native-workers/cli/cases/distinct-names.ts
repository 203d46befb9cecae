import { basename, dirname, resolve } from 'node:path'
import { UserError } from '../../contract/errors.js'
import { caseName } from './case-files.js'

/**
 * A name for every file, by which its outputs are told apart: its own, or with its folder's name before it where
 * several share one ("p01/ct.nii.gz" and "p02/ct.nii.gz" are "p01_ct" and "p02_ct"). Errors: `input-invalid` where
 * that does not tell them apart.
 */
export function distinctNames(paths: readonly string[]): string[] {
  const names = paths.map(caseName)
  const distinct = paths.map((path, index) =>
    countOf(names, names[index]) === 1 ? names[index] : `${basename(dirname(resolve(path)))}_${names[index]}`,
  )
  const twice = distinct.find((name) => countOf(distinct, name) > 1)
  if (twice === undefined) return distinct
  throw new UserError(
    'input-invalid',
    `Two of the files would be called "${twice}", so that one would replace the other's outputs.`,
    'Run them one by one, into folders of their own.',
  )
}

/** Upper and lower case are one, as in some file systems. */
const countOf = (names: readonly string[], name: string): number =>
  names.filter((other) => other.toLowerCase() === name.toLowerCase()).length
