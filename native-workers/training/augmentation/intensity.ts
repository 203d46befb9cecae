import { type RandomStream } from '../random/random-stream.js'

/** xvr's epsilon of the min-max normalisation. */
const rangeEpsilon = 1e-6

export function extremes(pixels: ArrayLike<number>): readonly [number, number] {
  let [least, most] = [Infinity, -Infinity]
  for (let n = 0; n < pixels.length; n++) {
    if (pixels[n] < least) least = pixels[n]
    if (pixels[n] > most) most = pixels[n]
  }
  return [least, most]
}

/** To 0..1, in place: (x - min) / (max - min + 1e-6). */
export function normalizeRange(pixels: Float32Array): void {
  const [least, most] = extremes(pixels)
  const factor = 1 / (most - least + rangeEpsilon)
  for (let n = 0; n < pixels.length; n++) pixels[n] = (pixels[n] - least) * factor
}

/**
 * Stretches 0..1 so that up to 5 % of the pixels at either end saturate, in place; what lies beyond is clamped.
 * Ends that coincide leave the picture as it is.
 */
export function stretchContrast(pixels: Float32Array, random: RandomStream): void {
  const [low, high] = [random.uniform(0, 0.05), random.uniform(0.95, 1)]
  const histogram = new Uint32Array(256)
  for (let n = 0; n < pixels.length; n++) histogram[Math.min(255, Math.max(0, Math.floor(pixels[n] * 256)))]++
  const valueAt = (share: number) => {
    let bin = 0
    for (let count = histogram[0]; count < share * pixels.length && bin < 255;) count += histogram[++bin]
    return bin / 255
  }
  const [dark, bright] = [valueAt(low), valueAt(high)]
  if (bright <= dark) return
  for (let n = 0; n < pixels.length; n++)
    pixels[n] = Math.min(1, Math.max(0, (pixels[n] - dark) / (bright - dark)))
}

/** Raises 0..1 to a power of 0.7..1.8, in place, by a table of 1024 steps with linear interpolation. */
export function changeGamma(pixels: Float32Array, random: RandomStream): void {
  const gamma = random.uniform(0.7, 1.8)
  const steps = 1024
  const table = Float32Array.from({ length: steps + 2 }, (_, n) => (n / steps) ** gamma)
  for (let n = 0; n < pixels.length; n++) {
    const position = Math.min(1, Math.max(0, pixels[n])) * steps
    const below = Math.floor(position)
    pixels[n] = table[below] + (position - below) * (table[below + 1] - table[below])
  }
}

/** 1 - x, in place. */
export function invert(pixels: Float32Array): void {
  for (let n = 0; n < pixels.length; n++) pixels[n] = 1 - pixels[n]
}

/** Adds a linear ramp of up to 0.2 of the range in a random direction, in place, and clamps to 0..1. */
export function illuminate(pixels: Float32Array, width: number, height: number, random: RandomStream): void {
  const angleRad = random.uniform(0, 2 * Math.PI)
  const strength = random.uniform(0, 0.2)
  const perColumn = (strength * Math.cos(angleRad)) / width
  const perRow = (strength * Math.sin(angleRad)) / height
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const n = row * width + column
      const value = pixels[n] + perColumn * (column - width / 2) + perRow * (row - height / 2)
      pixels[n] = Math.min(1, Math.max(0, value))
    }
  }
}
