import { access, constants } from 'node:fs/promises'
import { dirname } from 'node:path'
import { UserError } from '../../contract/errors.js'
import { type Matrix4 } from '../../contract/matrix.js'
import { linearPart, translationPart } from '../../geometry/matrix.js'
import { outputError, replaceFile } from '../atomic-write.js'
import { type TransformFormat, writeAffineTransform } from './itk-transform-io.js'
import { transformEndings, transformFormatOfName } from './transform-format.js'

/** The form that a path's ending asks for. Errors: `format-unsupported`. */
export function assertTransformEnding(path: string): TransformFormat {
  const format = transformFormatOfName(path)
  if (format !== undefined) return format
  throw new UserError(
    'format-unsupported',
    `A transform can't be written to "${path}": its ending is not known.`,
    `Use ${transformEndings.join(', ')}.`,
  )
}

/**
 * Writes an ITK transform in LPS mm, its form by the ending (`.tfm`, `.txt`, `.h5`, `.hdf5`, `.mat`), through a
 * temporary file. Always an AffineTransform without a centre, rigid motions too: it holds every matrix bit for bit,
 * where angles would round. `inputFromOutput` takes a point of the fixed (reference, prepared, output) volume to the
 * same point of the moving (original, input) one: what ITK's resampling takes. Errors: `format-unsupported`,
 * `output-unwritable`.
 */
export async function writeTransformFile(path: string, inputFromOutput: Matrix4): Promise<void> {
  const format = assertTransformEnding(path)
  try {
    await access(dirname(path), constants.W_OK)
  } catch (error) {
    throw outputError(error, path)
  }
  const parameters = [...linearPart(inputFromOutput).flat(), ...translationPart(inputFromOutput)]
  await replaceFile(path, (temporaryPath) => writeAffineTransform(temporaryPath, format, parameters))
}
