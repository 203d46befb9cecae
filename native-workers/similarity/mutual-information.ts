import { type ImagePair, type Similarity } from './image-pair.js'

const fewestBins = 16
const mostBins = 32

/** Bins per picture for a number of pixels: by its cube root, since a joint histogram that is nearly empty informs of nothing. */
export function binsFor(pixels: number): number {
  return Math.min(mostBins, Math.max(fewestBins, Math.round(Math.cbrt(pixels))))
}

/**
 * Mutual information of the valid pixels in nats, with a cubic B-spline Parzen window on the moving picture and a
 * zero-order one on the fixed (Mattes et al. 2003, doi 10.1109/TMI.2003.809072), whose bins are filled evenly. The
 * moving picture's range is binned as it is, so MI does not change under a linear change of its intensity; the gradient
 * accounts for that.
 */
export function mutualInformation(pair: ImagePair, bins?: number): Similarity {
  return informationMeasure(pair, bins, ({ mutual }) => ({ value: mutual, perMutual: 1, perEntropy: 0 }))
}

/**
 * Mutual information against the pictures' own, sqrt(2 MI / (H(fixed) + H(moving))): the entropy correlation coefficient
 * (Astola and Virtanen 1982), 0..1. Unlike MI it does not rise merely because the moving picture gets richer.
 */
export function entropyCorrelation(pair: ImagePair, bins?: number): Similarity {
  return informationMeasure(pair, bins, ({ mutual, fixed, moving }) => {
    const value = Math.sqrt((2 * Math.max(0, mutual)) / (fixed + moving))
    // Keeps the slope finite where the pictures tell nothing of each other.
    const perShare = 1 / (2 * Math.max(1e-3, value))
    return {
      value,
      perMutual: (2 * perShare) / (fixed + moving),
      perEntropy: (-perShare * value * value) / (fixed + moving),
    }
  })
}

/** Bins that the moving picture's range covers; the rest hold the B-spline's support at both ends. */
export const movingIntervals = (bins: number): number => bins - 5

/** Entropies in nats. */
interface Information {
  readonly mutual: number
  readonly fixed: number
  readonly moving: number
}

/** A measure of information and its derivatives to the mutual information and the moving picture's entropy. */
interface Measure {
  readonly value: number
  readonly perMutual: number
  readonly perEntropy: number
}

function informationMeasure(
  pair: ImagePair,
  bins = binsFor(pair.width * pair.height),
  measure: (information: Information) => Measure,
): Similarity {
  const { moving, valid } = pair
  const length = pair.width * pair.height
  const gradient = new Float64Array(length)
  const rangeB = validRange(moving, valid, length)
  const rowOf = fixedBins(pair, bins)
  if (rowOf === null || rangeB.max <= rangeB.min) return { value: 0, gradient }
  const scaleB = movingIntervals(bins) / (rangeB.max - rangeB.min)
  const positionB = (n: number) => (moving[n] - rangeB.min) * scaleB + 2

  const joint = new Float64Array(bins * bins)
  let count = 0
  for (let n = 0; n < length; n++) {
    if (valid !== undefined && valid[n] === 0) continue
    count++
    const position = positionB(n)
    const first = Math.floor(position) - 1
    const row = rowOf[n] * bins
    for (let tap = 0; tap < 4; tap++) joint[row + first + tap] += cubicSpline(position - first - tap)
  }
  const marginalA = new Float64Array(bins)
  const marginalB = new Float64Array(bins)
  for (let a = 0; a < bins; a++) {
    for (let b = 0; b < bins; b++) {
      joint[a * bins + b] /= count
      marginalA[a] += joint[a * bins + b]
      marginalB[b] += joint[a * bins + b]
    }
  }
  const entropies = { joint: entropy(joint), fixed: entropy(marginalA), moving: entropy(marginalB) }
  const { value, perMutual, perEntropy } = measure({
    ...entropies,
    mutual: entropies.fixed + entropies.moving - entropies.joint,
  })
  // dMI / dp(a, b) = log(p(a, b) / p(b)) and dH / dp(a, b) = -log p(b), up to constants that sum to zero over a
  // pixel's taps.
  const sensitivity = new Float64Array(bins * bins)
  for (let n = 0; n < joint.length; n++) {
    const moved = marginalB[n % bins]
    if (joint[n] > 0) sensitivity[n] = perMutual * Math.log(joint[n] / moved) - perEntropy * Math.log(moved)
  }
  for (let n = 0; n < length; n++) {
    if (valid !== undefined && valid[n] === 0) continue
    const position = positionB(n)
    const first = Math.floor(position) - 1
    const row = rowOf[n] * bins
    let sum = 0
    for (let tap = 0; tap < 4; tap++)
      sum += sensitivity[row + first + tap] * cubicSplineSlope(position - first - tap)
    gradient[n] = (sum * scaleB) / count
  }
  moveRange(gradient, moving, rangeB)
  return { value, gradient }
}

/**
 * The bin of every pixel of the fixed picture, 0 also where it does not count; null where all are alike. Bins hold about
 * as many pixels each (equal values stay together), so that air or metal does not crowd the rest into a few of them.
 */
export function fixedBins({ fixed, valid, width, height }: ImagePair, bins: number): Uint16Array | null {
  const length = width * height
  const sorted = Float64Array.from({ length }, (_, n) => fixed[n])
    .filter((_, n) => valid === undefined || valid[n] !== 0)
    .sort()
  if (sorted.length === 0 || sorted[0] === sorted[sorted.length - 1]) return null
  const binOfValue = new Map<number, number>()
  for (const [rank, value] of sorted.entries())
    if (!binOfValue.has(value)) binOfValue.set(value, Math.floor((rank * bins) / sorted.length))
  return Uint16Array.from({ length }, (_, n) =>
    valid !== undefined && valid[n] === 0 ? 0 : (binOfValue.get(fixed[n]) ?? 0),
  )
}

function entropy(distribution: Float64Array): number {
  return distribution.reduce((sum, p) => (p > 0 ? sum - p * Math.log(p) : sum), 0)
}

/** The darkest and the brightest pixel define the bins: what moves them moves all other pixels the other way. */
function moveRange(gradient: Float64Array, moving: ArrayLike<number>, range: Range): void {
  let atMin = 0
  let atMax = 0
  for (let n = 0; n < gradient.length; n++) {
    const share = (moving[n] - range.min) / (range.max - range.min)
    atMin += gradient[n] * (1 - share)
    atMax += gradient[n] * share
  }
  gradient[range.indexOfMin] -= atMin
  gradient[range.indexOfMax] -= atMax
}

interface Range {
  readonly min: number
  readonly max: number
  readonly indexOfMin: number
  readonly indexOfMax: number
}

function validRange(values: ArrayLike<number>, valid: ArrayLike<number> | undefined, length: number): Range {
  let [min, max, indexOfMin, indexOfMax] = [Infinity, -Infinity, 0, 0]
  for (let n = 0; n < length; n++) {
    if (valid !== undefined && valid[n] === 0) continue
    if (values[n] < min) [min, indexOfMin] = [values[n], n]
    if (values[n] > max) [max, indexOfMax] = [values[n], n]
  }
  return { min, max, indexOfMin, indexOfMax }
}

function cubicSpline(t: number): number {
  const x = Math.abs(t)
  if (x < 1) return (4 - 6 * x * x + 3 * x * x * x) / 6
  return x < 2 ? (2 - x) ** 3 / 6 : 0
}

function cubicSplineSlope(t: number): number {
  const x = Math.abs(t)
  const sign = Math.sign(t)
  if (x < 1) return (sign * (-12 * x + 9 * x * x)) / 6
  return x < 2 ? (-sign * (2 - x) ** 2) / 2 : 0
}
