import { type NameTable } from '../plain-data.js'
import { NamedText, NumpyArray } from '../python-values.js'
import { asBytes, asCounts, asInstance, asList, asText } from './checks.js'
import { pythonType } from './python-type.js'

const kinds: Readonly<Record<string, string>> = {
  f8: 'float64',
  f4: 'float32',
  f2: 'float16',
  i8: 'int64',
  i4: 'int32',
  i2: 'int16',
  i1: 'int8',
  u8: 'uint64',
  u4: 'uint32',
  u2: 'uint16',
  u1: 'uint8',
  b1: 'bool',
  c8: 'complex64',
  c16: 'complex128',
  O8: 'object',
  O: 'object',
}

/** NumPy's short code without byte order, e.g. "f8", as the name of its element type; unknown codes stay as they are. */
export const elementTypeOfCode = (code: string): string => kinds[code] ?? code

/** An element type whose byte order arrives after its making. */
export class NumpyType {
  isLittleEndian = true
  constructor(readonly elementType: string) {}

  /** Called by the pickle with (version, byte order, ...). */
  __setstate__(state: unknown): void {
    this.isLittleEndian = asList(state)[1] !== '>'
  }
}

/** An array whose content arrives after its making. */
class PendingArray {
  array = new NumpyArray('float64', [0], false, true, new Uint8Array())

  /** Called by the pickle with (version, shape, type, is Fortran order, data). */
  __setstate__(state: unknown): void {
    const [, shape, type, isFortranOrder, data] = asList(state)
    const { elementType, isLittleEndian } = asInstance(type, NumpyType)
    this.array = new NumpyArray(
      elementType,
      asCounts(shape),
      isFortranOrder === true,
      isLittleEndian,
      elementType === 'object' ? asList(data) : asBytes(data),
    )
  }
}

/** The array that a value of the pickle stands for, or undefined. */
export function numpyArrayOf(value: unknown): NumpyArray | undefined {
  return value instanceof PendingArray ? value.array : undefined
}

/** NumPy's arrays, numbers and element types, under the module names of versions 1 and 2. */
export function numpyNames(): NameTable {
  const type = (code: unknown) => new NumpyType(elementTypeOfCode(asText(code)))
  const scalar = (elementType: unknown, data: unknown) => {
    const described = asInstance(elementType, NumpyType)
    if (!(data instanceof Uint8Array)) return new NamedText(described.elementType, String(data))
    return new NumpyArray(described.elementType, [], false, described.isLittleEndian, data)
  }
  return {
    'numpy.ndarray': pythonType('numpy.ndarray'),
    'numpy.dtype': type,
    'numpy.core.multiarray._reconstruct': () => new PendingArray(),
    'numpy._core.multiarray._reconstruct': () => new PendingArray(),
    'numpy.core.multiarray.scalar': scalar,
    'numpy._core.multiarray.scalar': scalar,
  }
}
