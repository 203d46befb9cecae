import { spreadWindows, windowSums } from './box-sums.js'
import { type ImagePair, type Similarity } from './image-pair.js'
import { defaultEpsilon } from './normalized-cross-correlation.js'

/** Share of a window's pixels that must be valid for it to count. */
const minValidFraction = 0.6

/**
 * Mean NCC over every p x p window that lies inside the picture, each standardised on its own (spec §2.1). With a mask,
 * windows use their valid pixels and count while at least 60 % of them are valid.
 */
export function patchCorrelation(pair: ImagePair, patch: number, epsilon = defaultEpsilon): Similarity {
  const { width, height, fixed, moving, valid } = pair
  const length = width * height
  const weights = new Float64Array(length).fill(1)
  if (valid !== undefined) for (let n = 0; n < length; n++) weights[n] = valid[n] === 0 ? 0 : 1
  const [a, b, aa, bb, ab] = products(pair, weights)
  const of = (values: Float64Array) => windowSums(values, width, height, patch)
  const counts = of(weights)
  const sumA = of(a)
  const sumB = of(b)
  const sumAA = of(aa)
  const sumBB = of(bb)
  const sumAB = of(ab)

  // d rho / d b_n = (k_a a_n + k_b b_n + k_0) for every pixel of the window; the coefficients are spread back.
  const perA = new Float64Array(counts.length)
  const perB = new Float64Array(counts.length)
  const constant = new Float64Array(counts.length)
  let value = 0
  let used = 0
  for (let w = 0; w < counts.length; w++) {
    const count = counts[w]
    if (count < 2 || count < minValidFraction * patch * patch) continue
    const meanA = sumA[w] / count
    const meanB = sumB[w] / count
    const varianceB = sumBB[w] / count - meanB * meanB + epsilon
    const scale = Math.sqrt((sumAA[w] / count - meanA * meanA + epsilon) * varianceB)
    const rho = (sumAB[w] / count - meanA * meanB) / scale
    perA[w] = 1 / (count * scale)
    perB[w] = -rho / (count * varianceB)
    constant[w] = -perA[w] * meanA - perB[w] * meanB
    value += rho
    used++
  }
  const gradient = new Float64Array(length)
  if (used === 0) return { value: 0, gradient }
  const spreadA = spreadWindows(perA, width, height, patch)
  const spreadB = spreadWindows(perB, width, height, patch)
  const spreadConstant = spreadWindows(constant, width, height, patch)
  for (let n = 0; n < length; n++) {
    gradient[n] = (weights[n] * (spreadA[n] * fixed[n] + spreadB[n] * moving[n] + spreadConstant[n])) / used
  }
  return { value: value / used, gradient }
}

/** Weighted a, b, aa, bb and ab per pixel. */
function products({ fixed, moving }: ImagePair, weights: Float64Array): readonly Float64Array[] {
  const all = Array.from({ length: 5 }, () => new Float64Array(weights.length))
  const [a, b, aa, bb, ab] = all
  for (let n = 0; n < weights.length; n++) {
    const weight = weights[n]
    const x = fixed[n]
    const y = moving[n]
    a[n] = weight * x
    b[n] = weight * y
    aa[n] = weight * x * x
    bb[n] = weight * y * y
    ab[n] = weight * x * y
  }
  return all
}
