import { type Image } from 'itk-wasm'
import { type Matrix3, type Vector3 } from '../../contract/matrix.js'
import { type VolumeGrid } from '../../contract/operations/volume.js'
import { type VoxelArray } from '../volume.js'

/** An image as itk-wasm gives it; `direction` in rows, its columns are the axes' unit directions in LPS. */
export interface DecodedImage {
  readonly dimension: number
  readonly components: number
  /** e.g. int16, float32 */
  readonly componentType: string
  readonly sizes: readonly number[]
  readonly spacingMm: readonly number[]
  readonly originMm: readonly number[]
  readonly direction: readonly number[]
  readonly pixels: VoxelArray
}

/** 64-bit integers become int32 where they fit, else float64: no voxel array of the house holds bigints. */
function fromBigInts(values: BigInt64Array | BigUint64Array): Int32Array | Float64Array {
  const int32 = new Int32Array(values.length)
  for (let index = 0; index < values.length; index++) {
    const value = Number(values[index])
    if (value < -2147483648 || value > 2147483647) return Float64Array.from(values, Number)
    int32[index] = value
  }
  return int32
}

/** itk-wasm's image in the house's types. */
export function decodedImage(image: Image): DecodedImage {
  const { data } = image
  const pixels =
    data instanceof BigInt64Array || data instanceof BigUint64Array
      ? fromBigInts(data)
      : data instanceof Uint8ClampedArray
        ? new Uint8Array(data)
        : (data ?? new Uint8Array(0))
  return {
    dimension: image.imageType.dimension,
    components: image.imageType.components,
    componentType: image.imageType.componentType,
    sizes: image.size,
    spacingMm: image.spacing,
    originMm: image.origin,
    direction: Array.from(image.direction, Number),
    pixels,
  }
}

/** The grid of the first three axes. */
export function gridOfImage({ dimension, sizes, spacingMm, originMm, direction }: DecodedImage): VolumeGrid {
  const triple = (values: readonly number[]): Vector3 => [values[0] ?? 1, values[1] ?? 1, values[2] ?? 1]
  // Adding 0 turns the decoder's negative zeros into plain ones.
  const cosine = (r: number, column: number) => (direction[r * dimension + column] ?? 0) + 0
  const row = (r: number): Vector3 => [cosine(r, 0), cosine(r, 1), cosine(r, 2)]
  const rows: Matrix3 = [row(0), row(1), row(2)]
  return {
    size: triple(sizes),
    spacingMm: triple(spacingMm),
    originMm: [originMm[0] ?? 0, originMm[1] ?? 0, originMm[2] ?? 0],
    direction: rows,
  }
}

/** Bytes of one value of an itk-wasm component type, e.g. 2 for int16. */
export function bytesOfComponent(componentType: string): number {
  return Number(/\d+$/.exec(componentType)?.[0] ?? 64) / 8
}
