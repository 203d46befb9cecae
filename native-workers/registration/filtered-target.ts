import { type GreyPicture } from '../imaging/picture/area-resample.js'
import { type PictureFilter } from '../rendering/cpu/comparison-layout.js'

/**
 * The X-ray through the filter that the kernel applies to the DRR. A Sobel derivative is valid where all nine pixels
 * under it are.
 */
export function filteredTarget(
  picture: GreyPicture,
  filter: PictureFilter,
): GreyPicture & { readonly variance: number } {
  const filtered = filter === 'none' ? picture : sobel(picture, filter)
  return { ...filtered, variance: validVariance(filtered) }
}

function sobel({ width, height, pixels, valid }: GreyPicture, filter: 'sobelX' | 'sobelY'): GreyPicture {
  const out = new Float32Array(width * height)
  const outValid = new Uint8Array(width * height)
  // Across: one step along the derivative; along: one step along the smoothing.
  const [across, along] = filter === 'sobelX' ? [1, width] : [width, 1]
  for (let v = 1; v < height - 1; v++) {
    for (let u = 1; u < width - 1; u++) {
      const at = v * width + u
      let all = 1
      for (let j = -1; j <= 1; j++) for (let i = -1; i <= 1; i++) all &= valid[at + j * width + i]
      if (all === 0) continue
      const slope = (center: number) => pixels[center + across] - pixels[center - across]
      out[at] = slope(at - along) + 2 * slope(at) + slope(at + along)
      outValid[at] = 1
    }
  }
  return { width, height, pixels: out, valid: outValid }
}

function validVariance({ pixels, valid }: GreyPicture): number {
  let [count, sum, squares] = [0, 0, 0]
  for (let n = 0; n < pixels.length; n++) {
    if (valid[n] === 0) continue
    count++
    sum += pixels[n]
    squares += pixels[n] * pixels[n]
  }
  return count === 0 ? 0 : Math.max(0, squares / count - (sum / count) ** 2)
}
