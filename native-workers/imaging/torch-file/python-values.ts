/*
 * What a Python file may hold once it is read: data only. Lists and tuples are arrays, dicts are Maps (in order), bytes
 * are Uint8Array, None is null. Whole numbers beyond 2^53 are kept as text.
 */

/** Element types by their names in PyTorch, or in NumPy with the same meaning. */
export type ElementType =
  | 'float64'
  | 'float32'
  | 'float16'
  | 'bfloat16'
  | 'int64'
  | 'int32'
  | 'int16'
  | 'int8'
  | 'uint64'
  | 'uint32'
  | 'uint16'
  | 'uint8'
  | 'bool'
  | 'complex64'
  | 'complex128'

export const elementBytes: Readonly<Record<ElementType, number>> = {
  float64: 8,
  float32: 4,
  float16: 2,
  bfloat16: 2,
  int64: 8,
  int32: 4,
  int16: 2,
  int8: 1,
  uint64: 8,
  uint32: 4,
  uint16: 2,
  uint8: 1,
  bool: 1,
  complex64: 8,
  complex128: 16,
}

export const isElementType = (name: string): name is ElementType => Object.hasOwn(elementBytes, name)

/** The numbers of a tensor as they lie in the file, not read yet. */
export class Storage {
  constructor(
    /** Null for storages whose type only the tensor tells. */
    readonly elementType: ElementType | null,
    readonly key: string,
    readonly elements: number,
  ) {
    Object.freeze(this)
  }
}

/** A view on a storage: element [i, j, ...] stands at offset + i strides[0] + j strides[1] + ... */
export class Tensor {
  constructor(
    /** A name that PyTorch gives; not every one is an `ElementType` that is read. */
    readonly elementType: string,
    readonly shape: readonly number[],
    readonly strides: readonly number[],
    readonly offset: number,
    readonly storage: Storage,
  ) {
    Object.freeze(this)
  }
}

/** A NumPy array; its bytes are in row-major order, or column-major where `isFortranOrder`. */
export class NumpyArray {
  constructor(
    /** NumPy's name, e.g. "float64", "object", "<U5". */
    readonly elementType: string,
    readonly shape: readonly number[],
    readonly isFortranOrder: boolean,
    readonly isLittleEndian: boolean,
    /** Raw bytes, or the objects of an object array. */
    readonly data: Uint8Array | readonly unknown[],
  ) {
    Object.freeze(this)
  }
}

/** A pandas table of numbers, texts or objects. */
export class Table {
  constructor(
    readonly columns: readonly { readonly name: string; readonly values: readonly unknown[] }[],
    readonly rows: number,
  ) {
    Object.freeze(this)
  }
}

/** A value that is best shown as text: a path, a date, a device, the name of a type. */
export class NamedText {
  constructor(
    readonly typeName: string,
    readonly text: string,
  ) {
    Object.freeze(this)
  }
}
