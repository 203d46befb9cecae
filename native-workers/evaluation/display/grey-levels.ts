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

/** One value as a grey level 0..255. */
export function greyLevel(value: number, { black, white }: GreyRange): number {
  if (!(white > black)) return 0
  return Math.min(255, Math.max(0, ((value - black) / (white - black)) * 255))
}
