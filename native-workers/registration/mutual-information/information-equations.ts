import { type GreyPicture } from '../../imaging/picture/area-resample.js'
import {
  binsFor,
  entropyCorrelation,
  fixedBins,
  movingIntervals,
} from '../../similarity/mutual-information.js'
import { type NormalEquations } from '../normal-equations.js'
import { derivativesPerPixel, type TangentPicture } from '../../rendering/cpu/tangent-renderer.js'

/**
 * The loss 1 - r with the entropy correlation coefficient r, 0..1, and its exact gradient.
 *
 * The Hessian is Gauss-Newton's for the entropy of the DRR given the X-ray, each of the X-ray's bins seen as normal:
 * sum over bins of p cov(J, J) / var(b). The histogram's own first-order term (Thevenaz and Unser 2000, doi
 * 10.1109/83.887976) vanishes at a good pose, where the mean derivative of a bin is near zero, and would then let steps
 * grow without bound. It is scaled to the loss as for jointly normal pictures, of which 1 - r would be 1 - NCC.
 */
export function informationEquations(xray: GreyPicture, drr: TangentPicture): NormalEquations {
  const { width, height, valid } = drr
  const pair = { width, height, fixed: xray.pixels, moving: drr.pixels, valid }
  const validPixels = valid.reduce((sum, value) => sum + value, 0)
  const validFraction = validPixels / (width * height)
  const bins = binsFor(validPixels)
  const { value, gradient: perPixel } = entropyCorrelation(pair, bins)
  const gradient = new Float64Array(derivativesPerPixel)
  for (let n = 0; n < perPixel.length; n++) {
    for (let p = 0; p < derivativesPerPixel; p++)
      gradient[p] -= perPixel[n] * drr.derivatives[n * derivativesPerPixel + p]
  }
  const rowOf = fixedBins(pair, bins)
  const hessian = rowOf === null ? new Float64Array(36) : conditionalCurvature(drr, rowOf, bins)
  for (let n = 0; n < hessian.length; n++) hessian[n] *= 1 - value * value
  return { loss: 1 - value, gradient, hessian, validFraction }
}

/** Moments of one bin: count, b, bb, J (6), J J^T (36). */
const moments = { count: 0, image: 1, squares: 2, derivatives: 3, products: 9, length: 45 } as const

function conditionalCurvature(drr: TangentPicture, rowOf: Uint16Array, bins: number): Float64Array {
  const { pixels, valid, derivatives } = drr
  const size = derivativesPerPixel
  const sums = Array.from({ length: bins }, () => new Float64Array(moments.length))
  for (let n = 0; n < pixels.length; n++) {
    if (valid[n] === 0) continue
    const bin = sums[rowOf[n]]
    bin[moments.count] += 1
    bin[moments.image] += pixels[n]
    bin[moments.squares] += pixels[n] * pixels[n]
    for (let p = 0; p < size; p++) {
      const derivative = derivatives[n * size + p]
      bin[moments.derivatives + p] += derivative
      for (let q = 0; q <= p; q++)
        bin[moments.products + p * size + q] += derivative * derivatives[n * size + q]
    }
  }
  const count = sums.reduce((total, bin) => total + bin[moments.count], 0)
  const windowVariance = parzenVariance(pixels, valid, bins)
  const hessian = new Float64Array(size * size)
  for (const bin of sums) {
    const inBin = bin[moments.count]
    if (inBin < 2) continue
    const binVariance = bin[moments.squares] / inBin - (bin[moments.image] / inBin) ** 2
    const weight = 1 / (count * (binVariance + windowVariance))
    for (let p = 0; p < size; p++) {
      for (let q = 0; q <= p; q++) {
        const meanProduct = (bin[moments.derivatives + p] * bin[moments.derivatives + q]) / inBin
        hessian[p * size + q] += weight * (bin[moments.products + p * size + q] - meanProduct)
      }
    }
  }
  for (let p = 0; p < size; p++)
    for (let q = p + 1; q < size; q++) hessian[p * size + q] = hessian[q * size + p]
  return hessian
}

/** What the histogram's cubic B-spline window adds to a variance. */
function parzenVariance(pixels: Float32Array, valid: Uint8Array, bins: number): number {
  let [low, high] = [Infinity, -Infinity]
  for (let n = 0; n < pixels.length; n++) {
    if (valid[n] === 0) continue
    low = Math.min(low, pixels[n])
    high = Math.max(high, pixels[n])
  }
  return ((high - low) / movingIntervals(bins)) ** 2 / 3
}
