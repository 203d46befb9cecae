import { findFieldBorder } from './field-border.js'
import { saturatedSpots } from './saturation.js'

export interface AutomaticMask {
  /** 1 = valid; row-major, as the image. */
  readonly valid: Uint8Array
  readonly notes: readonly string[]
}

/** A border that leaves less than this of the image is more likely the dense part of a body than a collimator. */
const leastValidShare = 0.2

const shapeWords = { circular: 'circular', polygonal: 'straight-edged', convex: 'convex' } as const

/**
 * Finds what must not be compared with a DRR: the surround of the exposed field and saturated metal. Works on the
 * image as stored (not yet linearised); `brightIsAttenuating` says whether bone is bright there. Conservative: without
 * clear evidence all pixels stay valid. Pure and deterministic.
 */
export function automaticMask(
  pixels: Float32Array,
  width: number,
  height: number,
  brightIsAttenuating: boolean,
): AutomaticMask {
  const everything = new Uint8Array(pixels.length).fill(1)
  const border = findFieldBorder(pixels, width, height, brightIsAttenuating)
  const valid = border?.inside ?? everything
  const notes: string[] = []
  const percent = (mask: Uint8Array) =>
    ((100 * mask.reduce((sum, value) => sum + value, 0)) / mask.length).toFixed(1)
  if (border !== null) {
    notes.push(
      `A ${shapeWords[border.shape]} field border was found; only the ${percent(valid)} % of the image inside it is compared.`,
    )
  }
  const saturated = saturatedSpots(pixels, valid, width, height, brightIsAttenuating)
  const combined = valid.map((value, index) => (saturated[index] === 1 ? 0 : value))
  if (saturated.includes(1))
    notes.push(`Saturated spots, ${percent(saturated)} % of the image, are left out.`)
  const validShare = combined.reduce((sum, value) => sum + value, 0) / combined.length
  if (validShare < leastValidShare) {
    return { valid: everything, notes: ['No usable field border was found; the whole image is compared.'] }
  }
  return { valid: combined, notes }
}
