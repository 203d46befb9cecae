import { extremes } from '../augmentation/intensity.js'
import { networkPreprocessing } from '../augmentation/network-input.js'
import { derivativesPerPixel, type TangentPicture } from '../../rendering/cpu/tangent-renderer.js'
import { mncc, xvrPatch } from '../../similarity/metrics.js'

const metric = mncc(xvrPatch.local)

export interface TwistLoss {
  readonly value: number
  /** Per rad (3) and mm (3) of a motion of the subject before the camera. */
  readonly gradient: Float64Array
}

/**
 * 1 - mNCC between a clean picture and the DRR at the predicted pose (specification §2.4). Both are scaled as networks
 * see the clean one, since the correlation of flat patches depends on the scale through its epsilon.
 */
export function similarityLoss(target: Float32Array, drr: TangentPicture): TwistLoss {
  const [least, most] = extremes(target)
  const factor = most > least ? 1 / ((most - least) * networkPreprocessing.std) : 1
  const scaled = (pixels: Float32Array) => {
    const out = new Float64Array(pixels.length)
    for (let n = 0; n < out.length; n++) out[n] = factor * (pixels[n] - least)
    return out
  }
  const { width, height, pixels, derivatives } = drr
  const { value, gradient } = metric({ width, height, fixed: scaled(target), moving: scaled(pixels) })
  return { value: 1 - value, gradient: throughPixels(gradient, derivatives, -factor) }
}

/** factor * sum over pixels of their slope times their derivatives to a motion. */
export function throughPixels(
  slopes: Float64Array,
  derivatives: Float32Array,
  factor: number,
): Float64Array<ArrayBuffer> {
  const sums = new Float64Array(derivativesPerPixel)
  for (let n = 0; n < slopes.length; n++) {
    const slope = slopes[n]
    const at = n * derivativesPerPixel
    sums[0] += slope * derivatives[at]
    sums[1] += slope * derivatives[at + 1]
    sums[2] += slope * derivatives[at + 2]
    sums[3] += slope * derivatives[at + 3]
    sums[4] += slope * derivatives[at + 4]
    sums[5] += slope * derivatives[at + 5]
  }
  return sums.map((sum) => factor * sum)
}
