import { type RandomStream } from '../random/random-stream.js'

const tiles = 8
const bins = 256

/**
 * Contrast-limited adaptive histogram equalisation of 0..1 (Zuiderveld 1994) on 8 x 8 tiles, in place, with a clip limit
 * of 1..10 times an even histogram; what is clipped is spread evenly.
 */
export function equalizeLocally(
  pixels: Float32Array,
  width: number,
  height: number,
  random: RandomStream,
): void {
  const tables = tileTables(pixels, width, height, random.uniform(1, 10))
  const columns = interpolation(width)
  const rows = interpolation(height)
  for (let row = 0; row < height; row++) {
    const top = rows.first[row] * tiles
    const bottom = rows.second[row] * tiles
    const down = rows.share[row]
    for (let column = 0; column < width; column++) {
      const n = row * width + column
      const bin = binOf(pixels[n])
      const [left, right] = [columns.first[column], columns.second[column]]
      const across = columns.share[column]
      const upper =
        tables[(top + left) * bins + bin] * (1 - across) + tables[(top + right) * bins + bin] * across
      const lower =
        tables[(bottom + left) * bins + bin] * (1 - across) + tables[(bottom + right) * bins + bin] * across
      pixels[n] = upper + down * (lower - upper)
    }
  }
}

const binOf = (value: number): number => Math.min(bins - 1, Math.max(0, Math.floor(value * bins)))

/** The cumulative distribution of every tile's clipped histogram, tile by tile. */
function tileTables(pixels: Float32Array, width: number, height: number, clip: number): Float32Array {
  const tables = new Float32Array(tiles * tiles * bins)
  for (let row = 0; row < height; row++) {
    const tileRow = Math.floor((row * tiles) / height)
    for (let column = 0; column < width; column++) {
      const tile = tileRow * tiles + Math.floor((column * tiles) / width)
      tables[tile * bins + binOf(pixels[row * width + column])]++
    }
  }
  for (let tile = 0; tile < tiles * tiles; tile++)
    distribute(tables.subarray(tile * bins, (tile + 1) * bins), clip)
  return tables
}

/** Turns a histogram into its clipped cumulative distribution, in place. */
function distribute(histogram: Float32Array, clip: number): void {
  let count = 0
  for (let bin = 0; bin < bins; bin++) count += histogram[bin]
  if (count === 0) return
  const limit = (clip * count) / bins
  let kept = 0
  for (let bin = 0; bin < bins; bin++) {
    histogram[bin] = Math.min(histogram[bin], limit)
    kept += histogram[bin]
  }
  const spread = (count - kept) / bins
  let sum = 0
  for (let bin = 0; bin < bins; bin++) {
    sum += (histogram[bin] + spread) / count
    histogram[bin] = sum
  }
}

/** Between which two tiles' centres each column (or row) lies, and how far. */
function interpolation(length: number) {
  const first = new Uint8Array(length)
  const second = new Uint8Array(length)
  const share = new Float32Array(length)
  for (let n = 0; n < length; n++) {
    const position = ((n + 0.5) * tiles) / length - 0.5
    const before = Math.floor(position)
    first[n] = Math.max(0, before)
    second[n] = Math.min(tiles - 1, before + 1)
    share[n] = position - before
  }
  return { first, second, share }
}
