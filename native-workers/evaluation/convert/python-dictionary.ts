import { UserError } from '../../contract/errors.js'
import { matrix4Schema, type Matrix4 } from '../../contract/matrix.js'
import { affine, assertRigid, linearPart, translationPart } from '../../geometry/matrix.js'
import { nearestRotation } from '../../geometry/rigid.js'
import { numpyArrayOf } from '../../imaging/torch-file/names/numpy.js'
import { type TorchFile } from '../../imaging/torch-file/open-torch-file.js'
import { NamedText, NumpyArray, Tensor } from '../../imaging/torch-file/python-values.js'
import { arrayElements } from '../../imaging/torch-file/tensor-values.js'

/** A dictionary of a PyTorch file, whose members are read with their type. Errors: `file-unreadable`, naming the key. */
export interface PythonDictionary {
  readonly has: (key: string) => boolean
  readonly keys: readonly unknown[]
  readonly value: (key: string) => unknown
  readonly number: (key: string) => number
  readonly optionalNumber: (key: string) => number | undefined
  readonly truth: (key: string) => boolean | undefined
  /** A text or a path; undefined for None. */
  readonly text: (key: string) => string | undefined
  readonly dictionary: (key: string) => PythonDictionary
  /** Numbers of a tensor, array or list, in row-major order. */
  readonly numbers: (key: string) => Promise<readonly number[]>
  /** A 4 x 4 rotation and translation, also as 1 x 4 x 4; undefined for None. Rounding of float32 is removed. */
  readonly rigid: (key: string) => Promise<Matrix4 | undefined>
}

export function pythonDictionary(value: unknown, file: TorchFile, where = 'the file'): PythonDictionary {
  if (!(value instanceof Map)) throw unexpected(file, `${where} is no dictionary`)
  const entries: ReadonlyMap<unknown, unknown> = value
  const get = (key: string): unknown => entries.get(key) ?? null
  const wrong = (key: string, what: string) => unexpected(file, `"${key}" is no ${what}`)
  const optionalNumber = (key: string): number | undefined => {
    const found = get(key)
    if (found === null) return undefined
    const scalar = found instanceof NumpyArray ? arrayElements(found, 1)[0] : found
    if (typeof scalar === 'number' && Number.isFinite(scalar)) return scalar
    throw wrong(key, 'number')
  }
  const numbers = async (key: string): Promise<readonly number[]> => {
    const found = get(key)
    const elements = await elementsOf(found, file)
    if (elements?.every((element) => typeof element === 'number') !== true)
      throw wrong(key, 'array of numbers')
    return elements.filter((element) => typeof element === 'number')
  }
  return {
    has: (key) => entries.has(key),
    keys: [...entries.keys()],
    value: get,
    number: (key) => {
      const found = optionalNumber(key)
      if (found === undefined) throw wrong(key, 'number')
      return found
    },
    optionalNumber,
    truth: (key) => {
      const found = get(key)
      if (found === null || typeof found === 'boolean') return found ?? undefined
      throw wrong(key, 'truth value')
    },
    text: (key) => {
      const found = get(key)
      if (found === null) return undefined
      if (typeof found === 'string') return found
      if (found instanceof NamedText) return found.text
      throw wrong(key, 'text')
    },
    dictionary: (key) => pythonDictionary(get(key), file, `"${key}"`),
    numbers,
    rigid: async (key) => (get(key) === null ? undefined : rigidOf(await numbers(key), key)),
  }
}

/** Elements of anything that holds numbers; undefined for anything else. */
export async function elementsOf(value: unknown, file: TorchFile): Promise<readonly unknown[] | undefined> {
  if (value instanceof Tensor) return file.elements(value)
  if (value instanceof NumpyArray) return arrayElements(value)
  if (Array.isArray(value)) return flattened(value)
  const array = numpyArrayOf(value)
  return array === undefined ? undefined : arrayElements(array)
}

const flattened = (values: readonly unknown[]): readonly unknown[] =>
  values.flatMap((each) => (Array.isArray(each) ? flattened(each) : [each]))

/** Sixteen numbers, row by row, as a rigid motion. Errors: `geometry-invalid`. */
export function rigidOf(elements: readonly number[], name: string): Matrix4 {
  const rows = [0, 4, 8, 12].map((start) => elements.slice(start, start + 4))
  const matrix = matrix4Schema.safeParse(elements.length === 16 ? rows : [])
  if (!matrix.success) throw new UserError('geometry-invalid', `"${name}" is not a 4 x 4 matrix.`)
  assertRigid(matrix.data, `"${name}"`, 1e-3)
  return affine(nearestRotation(linearPart(matrix.data)), translationPart(matrix.data))
}

function unexpected(file: TorchFile, reason: string): UserError {
  return new UserError(
    'file-unreadable',
    `"${file.name}" is not as expected: ${reason}.`,
    'isocenter inspect shows what it holds.',
  )
}
