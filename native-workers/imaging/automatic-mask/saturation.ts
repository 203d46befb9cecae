import { components } from './connected.js'

/** A saturated spot is at least this large; a few pixels at the end of the range are chance. */
const leastSpotShare = 2e-4
const leastSpotPixels = 16
const growPixels = 2
/** More than this is no metal but open air in an image whose bone is dark after all. */
const largestShare = 0.35

/**
 * Pixels of flat spots at the absorbing end of the range (metal, clipped overlays), grown by two pixels; 1 = saturated.
 * Saturation at the other end is plain air, which a DRR shows the same way, so it counts. Pure.
 */
export function saturatedSpots(
  pixels: Float32Array,
  valid: Uint8Array,
  width: number,
  height: number,
  brightIsAttenuating: boolean,
): Uint8Array {
  let end = brightIsAttenuating ? -Infinity : Infinity
  for (let index = 0; index < pixels.length; index++) {
    if (valid[index] === 1)
      end = brightIsAttenuating ? Math.max(end, pixels[index]) : Math.min(end, pixels[index])
  }
  const saturated = new Uint8Array(pixels.length)
  const spots = components(width, height, (index) => valid[index] === 1 && pixels[index] === end)
  const large = spots.filter(
    (spot) => spot.length >= Math.max(leastSpotPixels, leastSpotShare * pixels.length),
  )
  if (large.reduce((sum, spot) => sum + spot.length, 0) > largestShare * pixels.length) return saturated
  for (const spot of large) {
    for (const index of spot) {
      const [column, row] = [index % width, Math.floor(index / width)]
      const lastRow = Math.min(height - 1, row + growPixels)
      const lastColumn = Math.min(width - 1, column + growPixels)
      for (let y = Math.max(0, row - growPixels); y <= lastRow; y++) {
        for (let x = Math.max(0, column - growPixels); x <= lastColumn; x++) saturated[y * width + x] = 1
      }
    }
  }
  return saturated
}
