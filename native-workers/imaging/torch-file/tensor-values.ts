import { elementBytes, type ElementType, isElementType, type NumpyArray } from './python-values.js'

/** One element of `elementType` at a byte offset: a number, a truth value, a text of digits beyond 2^53, or "a + bi". */
export function elementAt(
  view: DataView,
  byteOffset: number,
  elementType: ElementType,
  isLittleEndian: boolean,
): number | boolean | string {
  switch (elementType) {
    case 'float64':
      return view.getFloat64(byteOffset, isLittleEndian)
    case 'float32':
      return view.getFloat32(byteOffset, isLittleEndian)
    case 'float16':
      return halfFloat(view.getUint16(byteOffset, isLittleEndian))
    case 'bfloat16':
      return bfloat16(view.getUint16(byteOffset, isLittleEndian))
    case 'int64':
      return wholeNumber(view.getBigInt64(byteOffset, isLittleEndian))
    case 'uint64':
      return wholeNumber(view.getBigUint64(byteOffset, isLittleEndian))
    case 'int32':
      return view.getInt32(byteOffset, isLittleEndian)
    case 'uint32':
      return view.getUint32(byteOffset, isLittleEndian)
    case 'int16':
      return view.getInt16(byteOffset, isLittleEndian)
    case 'uint16':
      return view.getUint16(byteOffset, isLittleEndian)
    case 'int8':
      return view.getInt8(byteOffset)
    case 'uint8':
      return view.getUint8(byteOffset)
    case 'bool':
      return view.getUint8(byteOffset) !== 0
    case 'complex64':
      return complexText(
        view.getFloat32(byteOffset, isLittleEndian),
        view.getFloat32(byteOffset + 4, isLittleEndian),
      )
    case 'complex128':
      return complexText(
        view.getFloat64(byteOffset, isLittleEndian),
        view.getFloat64(byteOffset + 8, isLittleEndian),
      )
  }
}

/** IEEE 754 binary16. */
export function halfFloat(bits: number): number {
  const sign = bits >> 15 === 0 ? 1 : -1
  const exponent = (bits >> 10) & 31
  const fraction = bits & 1023
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN
  return exponent === 0
    ? sign * 2 ** -14 * (fraction / 1024)
    : sign * 2 ** (exponent - 15) * (1 + fraction / 1024)
}

/** The upper half of a float32. */
function bfloat16(bits: number): number {
  const view = new DataView(new ArrayBuffer(4))
  view.setUint16(0, bits)
  return view.getFloat32(0)
}

const wholeNumber = (value: bigint): number | string =>
  Number.isSafeInteger(Number(value)) ? Number(value) : value.toString()

const complexText = (real: number, imaginary: number): string =>
  `${real} ${imaginary < 0 ? '-' : '+'} ${Math.abs(imaginary)}i`

/** How many elements a shape has. */
export const elementCount = (shape: readonly number[]): number =>
  shape.reduce((product, size) => product * size, 1)

/** Strides, in elements, of an array without gaps. */
export function denseStrides(shape: readonly number[], isFortranOrder: boolean): number[] {
  const strides = shape.map(() => 1)
  const axes = [...shape.keys()]
  if (!isFortranOrder) axes.reverse()
  let stride = 1
  for (const axis of axes) {
    strides[axis] = stride
    stride *= shape[axis]
  }
  return strides
}

/** The offsets, in elements, of all elements in row-major order. */
export function elementOffsets(shape: readonly number[], strides: readonly number[]): number[] {
  return shape.reduce<number[]>(
    (offsets, size, axis) =>
      offsets.flatMap((offset) => Array.from({ length: size }, (_, n) => offset + n * strides[axis])),
    [0],
  )
}

/** The first `limit` elements of a NumPy array in row-major order; texts decoded; null for other element types. */
export function arrayElements(array: NumpyArray, limit = Infinity): readonly unknown[] {
  const { elementType, shape, data, isFortranOrder, isLittleEndian } = array
  const offsets = elementOffsets(shape, denseStrides(shape, isFortranOrder)).slice(0, limit)
  if (!(data instanceof Uint8Array)) return offsets.map((offset) => data[offset])
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength)
  if (isElementType(elementType)) {
    const bytes = elementBytes[elementType]
    return offsets.map((offset) => elementAt(view, offset * bytes, elementType, isLittleEndian))
  }
  const [, kind, length] = /^([US])(\d+)$/.exec(elementType) ?? []
  if (kind === undefined) return offsets.map(() => null)
  const bytes = Number(length) * (kind === 'U' ? 4 : 1)
  return offsets.map((offset) =>
    textAt(data.subarray(offset * bytes, (offset + 1) * bytes), kind, isLittleEndian),
  )
}

/** NumPy's fixed-length text: UTF-32 ("U") or bytes ("S"), filled up with zeros. */
function textAt(bytes: Uint8Array, kind: string, isLittleEndian: boolean): string {
  if (kind === 'S') return Buffer.from(bytes).toString('latin1').replace(/\0+$/, '')
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const points = Array.from({ length: bytes.length / 4 }, (_, n) => view.getUint32(4 * n, isLittleEndian))
  return String.fromCodePoint(...points.filter((point) => point > 0 && point <= 0x10ffff))
}
