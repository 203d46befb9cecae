/** A picture of real numbers, row-major, top row first; `valid` is 0 where a pixel is masked out. */
export interface FloatPicture {
  readonly width: number
  readonly height: number
  readonly pixels: Float32Array
  readonly valid: Uint8Array | null
}

export interface GreyRange {
  readonly low: number
  readonly high: number
}

/** Means of whole blocks of pixels, so that no side is longer than `longestSide`; a block with any masked pixel is masked. */
export function reducePicture(picture: FloatPicture, longestSide: number): FloatPicture {
  const block = Math.ceil(Math.max(picture.width, picture.height) / longestSide)
  if (block <= 1) return picture
  return resizeByMeans(picture, Math.ceil(picture.width / block), Math.ceil(picture.height / block))
}

/** The picture at another, smaller or equal size, each pixel the mean of those that its area covers. */
export function resizeByMeans(picture: FloatPicture, width: number, height: number): FloatPicture {
  const pixels = new Float32Array(width * height)
  const valid = new Uint8Array(width * height)
  for (let v = 0; v < height; v++) {
    const top = Math.floor((v * picture.height) / height)
    const bottom = Math.max(top + 1, Math.floor(((v + 1) * picture.height) / height))
    for (let u = 0; u < width; u++) {
      const left = Math.floor((u * picture.width) / width)
      const right = Math.max(left + 1, Math.floor(((u + 1) * picture.width) / width))
      let sum = 0
      let kept = 1
      for (let y = top; y < bottom; y++) {
        for (let x = left; x < right; x++) {
          sum += picture.pixels[y * picture.width + x] ?? 0
          if (picture.valid?.[y * picture.width + x] === 0) kept = 0
        }
      }
      pixels[v * width + u] = sum / ((bottom - top) * (right - left))
      valid[v * width + u] = kept
    }
  }
  return { width, height, pixels, valid }
}

/** Pixels that stand for all where shares of them are counted: enough for a window's ends, sorted in a millisecond. */
const sampleCount = 5_000

/** The range between two shares (0..1) of the sorted valid pixels; never empty. */
export function percentileRange(picture: FloatPicture, lowShare: number, highShare: number): GreyRange {
  const { pixels, valid } = picture
  // Odd, so that it does not stay in a few columns of a picture whose width is even.
  const stride = Math.max(1, Math.floor(pixels.length / sampleCount)) | 1
  const sample = new Float32Array(Math.ceil(pixels.length / stride))
  let count = 0
  for (let index = 0; index < pixels.length; index += stride) {
    if (valid?.[index] !== 0) sample[count++] = pixels[index] ?? 0
  }
  const sorted = sample.subarray(0, count).sort()
  const at = (share: number): number => sorted[Math.round(share * (count - 1))] ?? 0
  const low = at(lowShare)
  return { low, high: Math.max(at(highShare), low + 1e-6) }
}

/**
 * `source` through the straight line that fits it best to `target` over the pixels valid in both (least squares).
 * Both must have the same size. A constant source is returned unchanged.
 */
export function matchedTo(source: FloatPicture, target: FloatPicture): FloatPicture {
  let count = 0
  let sumS = 0
  let sumT = 0
  let sumSs = 0
  let sumSt = 0
  source.pixels.forEach((s, i) => {
    if (source.valid?.[i] === 0 || target.valid?.[i] === 0) return
    const t = target.pixels[i] ?? 0
    count++
    sumS += s
    sumT += t
    sumSs += s * s
    sumSt += s * t
  })
  const variance = sumSs - (sumS * sumS) / Math.max(count, 1)
  if (count === 0 || variance < 1e-12) return source
  const gain = (sumSt - (sumS * sumT) / count) / variance
  const offset = (sumT - gain * sumS) / count
  return { ...source, pixels: source.pixels.map((s) => gain * s + offset) }
}

/** Sobel gradient magnitude; zero on the border. */
export function gradientMagnitude({ width, height, pixels }: FloatPicture): Float32Array {
  const magnitude = new Float32Array(width * height)
  for (let v = 1; v < height - 1; v++) {
    for (let u = 1; u < width - 1; u++) {
      const at = v * width + u
      const p = (offset: number): number => pixels[at + offset] ?? 0
      const dx = p(1 - width) + 2 * p(1) + p(1 + width) - p(-1 - width) - 2 * p(-1) - p(-1 + width)
      const dy = p(width - 1) + 2 * p(width) + p(width + 1) - p(-width - 1) - 2 * p(-width) - p(-width + 1)
      magnitude[at] = Math.hypot(dx, dy)
    }
  }
  return magnitude
}
