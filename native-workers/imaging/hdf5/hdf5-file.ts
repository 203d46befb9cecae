import { basename, resolve } from 'node:path'
import { Dataset, File, Group, ready } from 'h5wasm/node'
import { UserError } from '../../contract/errors.js'
import { readBytes } from '../input-file.js'

type Numbers =
  Int8Array | Uint8Array | Int16Array | Uint16Array | Int32Array | Uint32Array | Float32Array | Float64Array

/** An open HDF5 file. Only what is asked for is read, so its size does not matter. Paths are like "a/b". */
export interface Hdf5File {
  readonly name: string
  /** Members of a group in the order of their names; the root is "". Errors: `file-unreadable`. */
  readonly keys: (path: string) => readonly string[]
  readonly kindOf: (path: string) => 'group' | 'dataset' | 'absent' | 'other'
  /** Errors of these three: `file-unreadable` (absent, or not of that kind). */
  readonly describe: (path: string) => { readonly shape: readonly number[]; readonly elementType: string }
  /** All numbers of a dataset in row-major order. */
  readonly numbers: (path: string) => readonly number[]
  readonly text: (path: string) => string
  /** Rows `from` to `to` along the first axis, all of the others. */
  readonly slab: (path: string, from: number, to: number) => Numbers
  readonly close: () => void
}

const signature = Buffer.from('\x89HDF\r\n\x1a\n', 'latin1')

/** Whether a file's first bytes are HDF5's. */
export const isHdf5 = (head: Buffer): boolean => head.subarray(0, signature.length).equals(signature)

/**
 * Opens an HDF5 file in place, through the file system of Node; close it again. Errors: `file-not-found`,
 * `file-unreadable` (damaged, or no HDF5).
 */
export async function openHdf5(path: string): Promise<Hdf5File> {
  const name = basename(path)
  if (!isHdf5(await readBytes(path, 0, signature.length))) {
    throw new UserError('format-unknown', `"${name}" is not an HDF5 file.`, 'Check the path.')
  }
  const library = await ready
  // Without it the library prints its errors and goes on.
  library.activate_throwing_error_handler()
  const file = guarded(name, () => new File(resolve(path), 'r'))
  const entity = (memberPath: string) => (memberPath === '' ? file : file.get(memberPath))
  const group = (memberPath: string): Group => {
    const found = kindOf(memberPath) === 'group' ? entity(memberPath) : null
    if (found instanceof Group) return found
    throw absent(name, memberPath, 'group')
  }
  const dataset = (memberPath: string): Dataset => {
    const found = kindOf(memberPath) === 'dataset' ? entity(memberPath) : null
    if (found instanceof Dataset) return found
    throw absent(name, memberPath, 'data set')
  }
  /** The library answers for an absent member with an error as for a damaged file, so each step is looked up. */
  const kindOf: Hdf5File['kindOf'] = (memberPath) => {
    let current: unknown = file
    for (const step of memberPath === '' ? [] : memberPath.split('/')) {
      if (!(current instanceof Group) || !current.keys().includes(step)) return 'absent'
      current = current.get(step)
    }
    if (current instanceof Dataset) return 'dataset'
    return current instanceof Group ? 'group' : 'other'
  }
  return {
    name,
    kindOf: (memberPath) => guarded(name, () => kindOf(memberPath)),
    keys: (memberPath) => guarded(name, () => group(memberPath).keys().sort()),
    describe: (memberPath) =>
      guarded(name, () => {
        const { shape, dtype } = dataset(memberPath)
        return { shape: shape ?? [], elementType: elementTypeOf(dtype) }
      }),
    numbers: (memberPath) => guarded(name, () => numbersOf(dataset(memberPath).value, name, memberPath)),
    text: (memberPath) =>
      guarded(name, () => {
        const { value } = dataset(memberPath)
        // ITK writes a text as an array of one.
        const content: unknown = Array.isArray(value) && value.length === 1 ? value[0] : value
        if (typeof content === 'string') return content
        throw absent(name, memberPath, 'text')
      }),
    slab: (memberPath, from, to) =>
      guarded(name, () => {
        const found = dataset(memberPath)
        const value = found.slice((found.shape ?? []).map((_, axis) => (axis === 0 ? [from, to] : [])))
        if (isNumbers(value)) return value
        throw absent(name, memberPath, 'array of numbers')
      }),
    close: () => {
      file.close()
    },
  }
}

function guarded<Result>(name: string, read: () => Result): Result {
  try {
    return read()
  } catch (error) {
    if (error instanceof UserError) throw error
    throw new UserError(
      'file-unreadable',
      `"${name}" cannot be read as HDF5: it is damaged, incomplete, or uses a variant that is not supported.`,
      'Copy or download the file again.',
    )
  }
}

function absent(name: string, path: string, what: string): UserError {
  return new UserError(
    'file-unreadable',
    `"${name}" holds no ${what} "${path}".`,
    'isocenter inspect lists what it holds.',
  )
}

const numberArrays = [
  Int8Array,
  Uint8Array,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  Float32Array,
  Float64Array,
]

const isNumbers = (value: unknown): value is Numbers => numberArrays.some((type) => value instanceof type)

function numbersOf(value: unknown, name: string, path: string): readonly number[] {
  if (typeof value === 'number') return [value]
  if (typeof value === 'bigint') return [Number(value)]
  if (isNumbers(value)) return Array.from(value)
  if (value instanceof BigInt64Array || value instanceof BigUint64Array) return Array.from(value, Number)
  throw absent(name, path, 'array of numbers')
}

const codes: Readonly<Record<string, string>> = {
  b: 'int8',
  B: 'uint8',
  h: 'int16',
  H: 'uint16',
  i: 'int32',
  I: 'uint32',
  q: 'int64',
  Q: 'uint64',
  e: 'float16',
  f: 'float32',
  d: 'float64',
  S: 'text',
  A: 'text',
}

/** The library's code, e.g. "<f", in words. */
function elementTypeOf(code: unknown): string {
  if (typeof code !== 'string') return 'compound'
  return codes[code.replace(/^[<>|]/, '').charAt(0)] ?? 'other'
}
