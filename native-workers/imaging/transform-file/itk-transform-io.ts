import { resolve } from 'node:path'
import {
  hdf5WriteTransformNode,
  matReadTransformNode,
  matWriteTransformNode,
  txtWriteTransformNode,
} from '@itk-wasm/transform-io'
import { Transform, TransformType } from 'itk-wasm'
import { UserError } from '../../contract/errors.js'
import { undecodableError } from '../input-file.js'
import { withQuietConsole } from '../itk/quiet-console.js'
import { type TransformEntry } from './transform-entry.js'

/** The forms of ITK's transform files. */
export type TransformFormat = 'text' | 'hdf5' | 'mat'

const writers = {
  text: txtWriteTransformNode,
  hdf5: hdf5WriteTransformNode,
  mat: matWriteTransformNode,
} as const

/** Decodes a MATLAB transform file; the library throws bare numbers, which become `file-unreadable`. */
export async function readMatTransforms(path: string, fileName: string): Promise<TransformEntry[]> {
  const outcome = await withQuietConsole(() => matReadTransformNode(resolve(path), {})).catch(() => undefined)
  if (outcome?.couldRead !== true) throw undecodableError(path, 'an ITK transform')
  return outcome.transform.map(({ transformType, parameters, fixedParameters }) => {
    const { transformParameterization, inputDimension } = transformType
    if (inputDimension !== 3) {
      throw new UserError(
        'format-unsupported',
        `"${fileName}" holds a transform of ${inputDimension} dimensions; volumes need one of 3.`,
        'Choose the transform of the volume.',
      )
    }
    return {
      typeName: `${transformParameterization}Transform`,
      parameters: numbersOf(parameters),
      fixedParameters: numbersOf(fixedParameters),
    }
  })
}

/** Writes one affine transform without a centre, in double precision. Errors: `output-unwritable`. */
export async function writeAffineTransform(
  path: string,
  format: TransformFormat,
  parameters: readonly number[],
): Promise<void> {
  const transform = new Transform(new TransformType('Affine', 'float64', 3, 3))
  transform.parameters = Float64Array.from(parameters)
  transform.numberOfParameters = parameters.length
  transform.fixedParameters = new Float64Array(3)
  transform.numberOfFixedParameters = 3
  const outcome = await withQuietConsole(() => writers[format]([transform], resolve(path), {})).catch(
    () => undefined,
  )
  if (outcome?.couldWrite === true) return
  throw new UserError(
    'output-unwritable',
    `"${path}" could not be written (the encoder failed).`,
    'Check free space and permissions of the folder.',
  )
}

/** The library gives text instead of an array where there are no numbers. */
function numbersOf(values: unknown): number[] {
  return values instanceof Float64Array || values instanceof Float32Array ? Array.from(values) : []
}
