import { type ImagePair, type Similarity } from './image-pair.js'

/** DiffDRR's epsilon, added to the variances. */
export const defaultEpsilon = 1e-5

/**
 * NCC over all valid pixels: the mean product of the standardised pictures, with population variance plus epsilon
 * (spec §2.1). Fewer than two valid pixels give 0.
 */
export function normalizedCrossCorrelation(pair: ImagePair, epsilon = defaultEpsilon): Similarity {
  const { fixed, moving, valid } = pair
  const length = pair.width * pair.height
  const gradient = new Float64Array(length)
  let count = 0
  let sumA = 0
  let sumB = 0
  for (let n = 0; n < length; n++) {
    if (valid !== undefined && valid[n] === 0) continue
    count++
    sumA += fixed[n]
    sumB += moving[n]
  }
  if (count < 2) return { value: 0, gradient }
  const meanA = sumA / count
  const meanB = sumB / count
  let varianceA = 0
  let varianceB = 0
  let covariance = 0
  for (let n = 0; n < length; n++) {
    if (valid !== undefined && valid[n] === 0) continue
    const a = fixed[n] - meanA
    const b = moving[n] - meanB
    varianceA += a * a
    varianceB += b * b
    covariance += a * b
  }
  const sigmaA = Math.sqrt(varianceA / count + epsilon)
  const sigmaB = Math.sqrt(varianceB / count + epsilon)
  const value = covariance / count / (sigmaA * sigmaB)
  for (let n = 0; n < length; n++) {
    if (valid !== undefined && valid[n] === 0) continue
    const a = (fixed[n] - meanA) / sigmaA
    const b = (moving[n] - meanB) / sigmaB
    gradient[n] = (a - value * b) / (count * sigmaB)
  }
  return { value, gradient }
}
