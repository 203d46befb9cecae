/** A grey picture, row-major, top row first. */
export interface GreyPicture {
  readonly width: number
  readonly height: number
  readonly pixels: Float32Array
  /** 1 = counts, 0 = does not. */
  readonly valid: Uint8Array
}

/**
 * Resamples to fewer (or as many) pixels over the same field by averaging each new pixel's area, with exact fractions
 * at its borders. Only valid pixels are averaged; a new pixel is valid when valid ones fill at least `minCoverage` of it.
 * The matching camera is `scaleCamera(camera, width, height)`.
 */
export function areaResample(
  source: GreyPicture,
  width: number,
  height: number,
  minCoverage = 0.999,
): GreyPicture {
  const columns = axisWeights(source.width, width)
  const rows = axisWeights(source.height, height)
  const across = new Float64Array(width * source.height)
  const acrossWeight = new Float64Array(width * source.height)
  for (let y = 0; y < source.height; y++) {
    for (let x = 0; x < width; x++) {
      const { first, weights } = columns[x]
      let sum = 0
      let total = 0
      for (let n = 0; n < weights.length; n++) {
        const at = y * source.width + first + n
        if (source.valid[at] === 0) continue
        sum += weights[n] * source.pixels[at]
        total += weights[n]
      }
      across[y * width + x] = sum
      acrossWeight[y * width + x] = total
    }
  }
  const pixels = new Float32Array(width * height)
  const valid = new Uint8Array(width * height)
  for (let y = 0; y < height; y++) {
    const { first, weights } = rows[y]
    for (let x = 0; x < width; x++) {
      let sum = 0
      let total = 0
      for (let n = 0; n < weights.length; n++) {
        sum += weights[n] * across[(first + n) * width + x]
        total += weights[n] * acrossWeight[(first + n) * width + x]
      }
      const at = y * width + x
      if (total > 0) pixels[at] = sum / total
      valid[at] = total >= minCoverage ? 1 : 0
    }
  }
  return { width, height, pixels, valid }
}

/** For each new sample the old ones it covers and their shares, which add up to 1. */
function axisWeights(from: number, to: number): { first: number; weights: number[] }[] {
  const ratio = from / to
  return Array.from({ length: to }, (_, index) => {
    const start = index * ratio
    const end = Math.min(from, start + ratio)
    const first = Math.floor(start)
    const last = Math.min(from, Math.ceil(end - 1e-9))
    const weights = Array.from({ length: last - first }, (_unused, n) => {
      const overlap = Math.min(end, first + n + 1) - Math.max(start, first + n)
      return overlap / ratio
    })
    return { first, weights }
  })
}

/** The part of a picture that starts `left`, `top` pixels in. */
export function cropPicture(
  source: GreyPicture,
  left: number,
  top: number,
  width: number,
  height: number,
): GreyPicture {
  const pixels = new Float32Array(width * height)
  const valid = new Uint8Array(width * height)
  for (let y = 0; y < height; y++) {
    const from = (top + y) * source.width + left
    pixels.set(source.pixels.subarray(from, from + width), y * width)
    valid.set(source.valid.subarray(from, from + width), y * width)
  }
  return { width, height, pixels, valid }
}
