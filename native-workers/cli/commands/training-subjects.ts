import { readFile } from 'node:fs/promises'
import { UserError } from '../../contract/errors.js'
import type { OperationRequest } from '../../contract/operations/index.js'
import { inputError } from '../../imaging/input-file.js'
import { distinctNames } from '../cases/distinct-names.js'
import { labelsOfVolumes } from '../cases/pair-labels.js'
import { volumeCases } from '../cases/volume-cases.js'

type Subjects = OperationRequest<'train'>['configuration']['subjects']

export interface SubjectOptions {
  readonly volpath: readonly string[]
  readonly maskpath?: readonly string[]
  readonly labels?: readonly number[]
  readonly sampleWeights?: string
  readonly acceptGeometry?: boolean
}

/**
 * The CTs to train on: files, or folders of them, with their label maps paired by name. Errors: `file-not-found`,
 * `input-invalid` (maps or weights that do not fit the volumes).
 */
export async function trainingSubjects(options: SubjectOptions): Promise<Subjects> {
  const { maskpath, labels = [], acceptGeometry = false } = options
  if (maskpath === undefined && options.labels !== undefined) {
    throw new UserError(
      'input-invalid',
      '--labels names structures, but no mask is given.',
      'Add --maskpath.',
    )
  }
  const volumes = await volumeCases(options.volpath)
  const names = distinctNames(volumes)
  const masks = maskpath === undefined ? undefined : await labelsOfVolumes(volumes, maskpath)
  const weights = await weightsOf(options.sampleWeights, volumes.length)
  return volumes.map((path, index) => ({
    name: names[index],
    volume: { path, acceptGeometry },
    labels: masks === undefined ? undefined : { path: masks[index], structures: [...labels] },
    weight: weights?.[index],
  }))
}

/** One number a line, in the order of the volumes. */
async function weightsOf(path: string | undefined, count: number): Promise<readonly number[] | undefined> {
  if (path === undefined) return undefined
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw inputError(error, path)
  })
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '')
  const weights = lines.map(Number)
  if (weights.length === count && weights.every((weight) => weight >= 0 && Number.isFinite(weight)))
    return weights
  throw new UserError(
    'input-invalid',
    `"${path}" needs one number of 0 or more for each of the ${count} volumes, one a line; it has ${weights.length}.`,
  )
}
