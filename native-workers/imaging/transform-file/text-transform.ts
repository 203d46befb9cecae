import { UserError } from '../../contract/errors.js'
import { type TransformEntry } from './transform-entry.js'

/** ITK's class name of a stored type, e.g. "AffineTransform" of "AffineTransform_double_3_3". */
export function typeNameOf(storedType: string, fileName: string): string {
  const match = /^(\w+?)(?:_(?:double|float)_(\d+)_(\d+))?$/.exec(storedType.trim())
  if (match === null) throw damagedError(fileName)
  const [, name, inputDimension = '3', outputDimension = '3'] = match
  if (inputDimension === '3' && outputDimension === '3') return name
  throw new UserError(
    'format-unsupported',
    `"${fileName}" holds a transform of ${inputDimension} dimensions; volumes need one of 3.`,
    'Choose the transform of the volume.',
  )
}

const damagedError = (fileName: string): UserError =>
  new UserError('file-unreadable', `"${fileName}" is not a readable ITK transform.`, 'Export it again.')

const numbersOf = (text: string): number[] => (text === '' ? [] : text.split(/\s+/).map(Number))

/**
 * ITK's text form ("#Insight Transform File V1.0"): `Key: value` lines. Read here because @itk-wasm/transform-io loses
 * the members of a composite and refuses MatrixOffsetTransformBase, which greedy and ITK-SNAP write.
 * Errors: `file-unreadable`, `format-unsupported` (not three-dimensional).
 */
export function parseTransformText(text: string, fileName: string): TransformEntry[] {
  if (!text.startsWith('#Insight Transform File')) throw damagedError(fileName)
  const entries: { typeName: string; parameters: number[]; fixedParameters: number[] }[] = []
  for (const line of text.split(/\r\n|\r|\n/)) {
    const match = /^\s*(Transform|Parameters|FixedParameters)\s*:\s*(.*?)\s*$/.exec(line)
    if (match === null) continue
    const [, key, value] = match
    if (key === 'Transform') {
      entries.push({ typeName: typeNameOf(value, fileName), parameters: [], fixedParameters: [] })
      continue
    }
    const entry = entries.at(-1)
    if (entry === undefined) throw damagedError(fileName)
    // A deformation's numbers would fill the memory only to be refused.
    if (value.length > maximumLineLength) continue
    entry[key === 'Parameters' ? 'parameters' : 'fixedParameters'] = numbersOf(value)
  }
  if (entries.length === 0) throw damagedError(fileName)
  return entries
}

const maximumLineLength = 10_000
