import { type RandomStream } from '../random/random-stream.js'

const erasedShare = [0.02, 0.33] as const
const erasedRatio = [0.3, 3.3] as const
const widestBorder = 10

/** Sets a rectangle of 2..33 % of the picture, 0.3..3.3 times as high as wide, to one value of 0..1; in place. */
export function erase(pixels: Float32Array, width: number, height: number, random: RandomStream): void {
  const area = random.uniform(...erasedShare) * width * height
  const ratio = Math.exp(random.uniform(Math.log(erasedRatio[0]), Math.log(erasedRatio[1])))
  const rows = Math.min(height, Math.max(1, Math.round(Math.sqrt(area * ratio))))
  const columns = Math.min(width, Math.max(1, Math.round(Math.sqrt(area / ratio))))
  const top = random.integer(height - rows + 1)
  const left = random.integer(width - columns + 1)
  const value = random.uniform(0, 1)
  for (let row = top; row < top + rows; row++)
    pixels.fill(value, row * width + left, row * width + left + columns)
}

/** Darkens a border of 0..10 pixels on each side, as a collimator's blades do; in place. */
export function collimate(pixels: Float32Array, width: number, height: number, random: RandomStream): void {
  const border = (length: number) => Math.min(random.integer(widestBorder + 1), Math.floor(length / 2))
  const [top, bottom] = [border(height), border(height)]
  const [left, right] = [border(width), border(width)]
  pixels.fill(0, 0, top * width)
  pixels.fill(0, (height - bottom) * width)
  for (let row = top; row < height - bottom; row++) {
    pixels.fill(0, row * width, row * width + left)
    pixels.fill(0, (row + 1) * width - right, (row + 1) * width)
  }
}
