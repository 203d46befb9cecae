import { type GreyPicture } from '../../imaging/picture/area-resample.js'

/** Picture values that are shown black and white. */
export interface GreyRange {
  readonly black: number
  readonly white: number
}

/** Leaves out the darkest and brightest half percent of the valid pixels. */
export function greyRange({ pixels, valid }: Pick<GreyPicture, 'pixels' | 'valid'>): GreyRange {
  const sorted = pixels.filter((_, n) => valid[n] !== 0).sort()
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))] ?? 0
  return { black: at(0.005), white: at(0.995) }
}

/**
 * The range that makes a picture's greys most like another's, by least squares over the valid pixels; its own range
 * where it does not follow the other at all. `pixels` belong to the same places as `like`'s.
 */
export function matchedRange(pixels: Float32Array, like: GreyPicture, likeRange: GreyRange): GreyRange {
  const { valid } = like
  let [count, sumX, sumY, sumXX, sumXY] = [0, 0, 0, 0, 0]
  for (let n = 0; n < pixels.length; n++) {
    if (valid[n] === 0) continue
    const [x, y] = [pixels[n], like.pixels[n]]
    count++
    sumX += x
    sumY += y
    sumXX += x * x
    sumXY += x * y
  }
  const slope = (count * sumXY - sumX * sumY) / (count * sumXX - sumX * sumX)
  if (!(slope > 0) || !Number.isFinite(slope)) return greyRange({ pixels, valid })
  const pixelOf = (likeValue: number) => (likeValue - (sumY - slope * sumX) / count) / slope
  return { black: pixelOf(likeRange.black), white: pixelOf(likeRange.white) }
}

/** One value as a grey level 0..255. */
export function greyLevel(value: number, { black, white }: GreyRange): number {
  if (!(white > black)) return 0
  return Math.min(255, Math.max(0, ((value - black) / (white - black)) * 255))
}
