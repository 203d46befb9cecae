import { UserError } from '../contract/errors.js'
import { type Vector2, type Vector3 } from '../contract/matrix.js'
import { type VoxelArray } from './volume.js'

const arrayTypes = [
  Int8Array,
  Uint8Array,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  Float32Array,
] as const

/** Zeros in an array of the same type as `voxels`. */
export function zerosLike(voxels: VoxelArray, length: number): VoxelArray {
  const ArrayType = arrayTypes.find((arrayType) => voxels instanceof arrayType) ?? Float64Array
  return new ArrayType(length)
}

const integerRanges = [
  [Int8Array, -128, 127],
  [Uint8Array, 0, 255],
  [Int16Array, -32768, 32767],
  [Uint16Array, 0, 65535],
  [Int32Array, -2147483648, 2147483647],
  [Uint32Array, 0, 4294967295],
] as const

/** The least and the greatest number that an array of integers holds; null for floats. */
export function integerRange(voxels: VoxelArray): Vector2 | null {
  const found = integerRanges.find(([arrayType]) => voxels instanceof arrayType)
  return found === undefined ? null : [found[1], found[2]]
}

const blockLength = 4096

/** Smallest and largest value. */
export function valueRange(voxels: VoxelArray): Vector2 {
  // A loop that meets arrays of several types is slow; copied into one type, block by block, it meets one.
  const block = new Float64Array(blockLength)
  const range = { least: Infinity, greatest: -Infinity }
  for (let start = 0; start < voxels.length; start += blockLength) {
    const part = voxels.subarray(start, start + blockLength)
    block.set(part)
    widen(range, block, part.length)
  }
  return [range.least, range.greatest]
}

function widen(range: { least: number; greatest: number }, values: Float64Array, count: number): void {
  let { least, greatest } = range
  for (let index = 0; index < count; index++) {
    const value = values[index]
    if (value < least) least = value
    if (value > greatest) greatest = value
  }
  range.least = least
  range.greatest = greatest
}

/** The 32-bit integers of a rescaled CT as int16, where all fit: half the memory, the same values. */
export function compactIntegers(voxels: VoxelArray): VoxelArray {
  if (!(voxels instanceof Int32Array || voxels instanceof Uint32Array)) return voxels
  const [least, greatest] = valueRange(voxels)
  return least >= -32768 && greatest <= 32767 ? Int16Array.from(voxels) : voxels
}

/** Integers of any width but 8 unsigned bits as int16 where all fit; other values as they are. */
export function fittingIntegers(voxels: VoxelArray): VoxelArray {
  if (voxels instanceof Uint8Array || voxels instanceof Int16Array) return voxels
  if (voxels instanceof Float32Array || voxels instanceof Float64Array) return voxels
  const [least, greatest] = valueRange(voxels)
  return least >= -32768 && greatest <= 32767 ? Int16Array.from(voxels) : voxels
}

/** The error for values that are not finite: how many, and the index (i, j, k) of the first. */
export function notFiniteError(count: number, first: number, size: Vector3, name: string): UserError {
  const i = first % size[0]
  const j = Math.floor(first / size[0]) % size[1]
  const k = Math.floor(first / (size[0] * size[1]))
  const what =
    count === 1 ? '1 value that is not a finite number' : `${count} values that are not finite numbers`
  return new UserError(
    'values-invalid',
    `"${name}" holds ${what} (NaN or infinite), the first at index (${i}, ${j}, ${k}).`,
    'Replace these values, in a CT for example by -1000 HU (air), and save the file again.',
  )
}

/** Refuses NaN and infinite values, with their number and the first one's place. Errors: `values-invalid`. */
export function requireFiniteVoxels(voxels: VoxelArray, size: Vector3, name: string): void {
  if (!(voxels instanceof Float32Array || voxels instanceof Float64Array)) return
  let count = 0
  let first = -1
  for (let index = 0; index < voxels.length; index++) {
    // x - x is 0 for every finite number and NaN otherwise.
    if (voxels[index] - voxels[index] !== 0) {
      count++
      if (first < 0) first = index
    }
  }
  if (count > 0) throw notFiniteError(count, first, size, name)
}
