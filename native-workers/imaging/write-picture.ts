import { encode } from 'fast-png'
import { type Vector2 } from '../contract/matrix.js'
import { writeFileAtomic } from './atomic-write.js'
import { encodeFloat32Tiff } from './float32-tiff.js'
import { writeVolume } from './write-volume.js'

/** Row-major pixels, top row first; colours interleaved. 8 or 16 bits follow from the array. */
export interface IntegerPicture {
  readonly width: number
  readonly height: number
  /** 1 = grey (the default), 3 = red, green, blue. */
  readonly channels?: 1 | 3
  readonly pixels: Uint8Array | Uint16Array
}

/** Row-major float32 values, top row first. */
export interface FloatPicture {
  readonly width: number
  readonly height: number
  readonly pixels: Float32Array
}

/** Writes an 8- or 16-bit PNG. Errors: `output-unwritable`. */
export async function writePng(path: string, picture: IntegerPicture): Promise<void> {
  const { width, height, channels = 1, pixels } = picture
  const depth = pixels instanceof Uint16Array ? 16 : 8
  await writeFileAtomic(path, encode({ width, height, channels, depth, data: pixels }))
}

/** Scales values linearly so that the least becomes 0 and the greatest 65535; a constant picture becomes 0. */
export function toUint16({ pixels }: FloatPicture): {
  pixels: Uint16Array
  minimum: number
  maximum: number
} {
  let [minimum, maximum] = [Infinity, -Infinity]
  for (const value of pixels) {
    if (value < minimum) minimum = value
    if (value > maximum) maximum = value
  }
  const factor = maximum > minimum ? 65535 / (maximum - minimum) : 0
  const scaled = new Uint16Array(pixels.length)
  for (let index = 0; index < pixels.length; index++)
    scaled[index] = Math.round((pixels[index] - minimum) * factor)
  return { pixels: scaled, minimum, maximum }
}

/** Writes values unscaled as a float32 TIFF. Errors: `output-unwritable`. */
export async function writeFloat32Tiff(path: string, { width, height, pixels }: FloatPicture): Promise<void> {
  await writeFileAtomic(path, encodeFloat32Tiff(width, height, pixels))
}

/**
 * Writes values unscaled as a float32 `.mha` or `.nrrd` of one slice, columns along x and rows along y; `spacingMm` is
 * the detector's [column, row] pitch. Errors: `output-unwritable`, `format-unsupported`.
 */
export async function writeFloatImage(
  path: string,
  { width, height, pixels }: FloatPicture,
  spacingMm: Vector2 = [1, 1],
): Promise<void> {
  await writeVolume(path, {
    grid: {
      size: [width, height, 1],
      spacingMm: [spacingMm[0], spacingMm[1], 1],
      originMm: [0, 0, 0],
      direction: [
        [1, 0, 0],
        [0, 1, 0],
        [0, 0, 1],
      ],
    },
    voxels: pixels,
  })
}
