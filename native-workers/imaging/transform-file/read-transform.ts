import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { UserError } from '../../contract/errors.js'
import { type Matrix4 } from '../../contract/matrix.js'
import { identity4, multiply4 } from '../../geometry/matrix.js'
import { inputError, statInput } from '../input-file.js'
import { readHdf5Transforms } from './hdf5-transform.js'
import { readMatTransforms } from './itk-transform-io.js'
import { matrixOfTransform } from './linear-transform.js'
import { parseTransformText } from './text-transform.js'
import { type TransformEntry } from './transform-entry.js'
import { transformEndings, transformFormatOfName } from './transform-format.js'

export interface LinearTransform {
  /**
   * inputFromOutput, LPS mm: in ITK's convention for resampling it takes a point of the fixed (reference, prepared,
   * output) volume to the same point of the moving (patient, original, input) volume.
   */
  readonly matrix: Matrix4
  /** ITK's class name, e.g. "AffineTransform", or "CompositeTransform". */
  readonly typeName: string
}

/**
 * Reads an ITK transform (`.tfm`, `.txt`, `.h5`, `.hdf5`, `.mat`) that a matrix can express: translation, rigid,
 * similarity, affine, and composites of these. Errors: `file-not-found`, `file-unreadable`, `format-unknown` (the
 * ending), `format-unsupported` (deformations, several transforms that no composite joins, other dimensions).
 */
export async function readTransformFile(path: string): Promise<LinearTransform> {
  const fileName = basename(path)
  await statInput(path)
  const entries = await readEntries(path, fileName)
  const [first, ...members] = entries
  if (first.typeName === 'CompositeTransform') {
    return { matrix: composed(members, fileName), typeName: first.typeName }
  }
  if (members.length > 0) {
    throw new UserError(
      'format-unsupported',
      `"${fileName}" holds ${entries.length} transforms and does not say how they belong together.`,
      'Save them as one composite transform, or each in a file of its own.',
    )
  }
  return { matrix: matrixOfTransform(first, fileName), typeName: first.typeName }
}

async function readEntries(path: string, fileName: string): Promise<TransformEntry[]> {
  const format = transformFormatOfName(path)
  if (format === undefined) {
    throw new UserError(
      'format-unknown',
      `"${fileName}" is not named like a transform file.`,
      `Transforms are read from ${transformEndings.join(', ')}.`,
    )
  }
  if (format === 'hdf5') return readHdf5Transforms(path, fileName)
  if (format === 'mat') return readMatTransforms(path, fileName)
  try {
    return parseTransformText(await readFile(path, 'utf8'), fileName)
  } catch (error) {
    throw inputError(error, path)
  }
}

/** ITK applies the member that was added last first. */
function composed(members: readonly TransformEntry[], fileName: string): Matrix4 {
  if (members.length === 0) {
    throw new UserError(
      'format-unsupported',
      `The members of the composite transform in "${fileName}" could not be read.`,
      'Save it as text (.tfm), or as one affine transform.',
    )
  }
  return members.reduce<Matrix4>(
    (product, member) => multiply4(product, matrixOfTransform(member, fileName)),
    identity4,
  )
}
