import { type RandomStream } from '../random/random-stream.js'

/** The mean over 3 x 3 pixels; the border's pixels are repeated outward. */
export function boxBlurred(pixels: Float32Array, width: number, height: number): Float32Array<ArrayBuffer> {
  const rows = new Float32Array(pixels.length)
  for (let row = 0; row < height; row++) {
    const start = row * width
    for (let column = 0; column < width; column++) {
      const left = column === 0 ? column : column - 1
      const right = column === width - 1 ? column : column + 1
      rows[start + column] = pixels[start + left] + pixels[start + column] + pixels[start + right]
    }
  }
  const blurred = new Float32Array(pixels.length)
  for (let row = 0; row < height; row++) {
    const above = (row === 0 ? row : row - 1) * width
    const here = row * width
    const below = (row === height - 1 ? row : row + 1) * width
    for (let column = 0; column < width; column++)
      blurred[here + column] = (rows[above + column] + rows[here + column] + rows[below + column]) / 9
  }
  return blurred
}

/** Replaces every pixel by the mean over 3 x 3. */
export function blur(pixels: Float32Array, width: number, height: number): void {
  pixels.set(boxBlurred(pixels, width, height))
}

/** Adds up to half of what a blurred picture lacks, or takes it away; in place, clamped to 0..1. */
export function changeSharpness(
  pixels: Float32Array,
  width: number,
  height: number,
  random: RandomStream,
): void {
  const amount = random.uniform(-0.5, 0.5)
  const blurred = boxBlurred(pixels, width, height)
  for (let n = 0; n < pixels.length; n++)
    pixels[n] = Math.min(1, Math.max(0, pixels[n] + amount * (pixels[n] - blurred[n])))
}
