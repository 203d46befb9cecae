import { type Vector2 } from '../../../contract/matrix.js'

/** What is done to a picture before it is written. */
export interface PictureTurns {
  readonly width: number
  readonly height: number
  readonly mirroredColumns: boolean
  readonly turned: boolean
}

/** The pixels of a row-major picture, columns reversed and turned by half as asked for. */
export function turnedPixels(pixels: ArrayLike<number>, turns: PictureTurns): Float32Array {
  const { width, height } = turns
  const written = new Float32Array(width * height)
  for (let v = 0; v < height; v++) {
    for (let u = 0; u < width; u++) {
      const [column, row] = turnedPixel([u, v], turns)
      written[row * width + column] = pixels[v * width + u]
    }
  }
  return written
}

/** Where a pixel of the file's picture lies in the written one. */
export function turnedPixel(
  [u, v]: Vector2,
  { width, height, mirroredColumns, turned }: PictureTurns,
): Vector2 {
  return [mirroredColumns === turned ? u : width - 1 - u, turned ? height - 1 - v : v]
}
