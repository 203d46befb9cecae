import { type ImagePair, type Similarity } from './image-pair.js'

/** Bins per picture. */
export const defaultBins = 32

/**
 * Mutual information of the valid pixels in nats, with a cubic B-spline Parzen window on the moving picture and a
 * zero-order one on the fixed (Mattes et al. 2003, doi 10.1109/TMI.2003.809072). Each picture's range is binned as it
 * is, so MI does not change under a linear change of intensity.
 */
export function mutualInformation(pair: ImagePair, bins = defaultBins): Similarity {
  const { fixed, moving, valid } = pair
  const length = pair.width * pair.height
  const gradient = new Float64Array(length)
  const rangeA = validRange(fixed, valid, length)
  const rangeB = validRange(moving, valid, length)
  if (rangeA.max <= rangeA.min || rangeB.max <= rangeB.min) return { value: 0, gradient }
  // Two bins of padding hold the B-spline's support at both ends.
  const scaleB = (bins - 5) / (rangeB.max - rangeB.min)
  const binA = (n: number) =>
    Math.min(bins - 1, Math.floor(((fixed[n] - rangeA.min) / (rangeA.max - rangeA.min)) * bins))
  const positionB = (n: number) => (moving[n] - rangeB.min) * scaleB + 2

  const joint = new Float64Array(bins * bins)
  let count = 0
  for (let n = 0; n < length; n++) {
    if (valid !== undefined && valid[n] === 0) continue
    count++
    const position = positionB(n)
    const first = Math.floor(position) - 1
    const row = binA(n) * bins
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
  // dMI / dp(a, b) = log(p(a, b) / p(b)) up to a constant that sums to zero over a pixel's taps.
  const sensitivity = new Float64Array(bins * bins)
  let value = 0
  for (let a = 0; a < bins; a++) {
    for (let b = 0; b < bins; b++) {
      const p = joint[a * bins + b]
      if (p <= 0) continue
      sensitivity[a * bins + b] = Math.log(p / marginalB[b])
      value += p * Math.log(p / (marginalA[a] * marginalB[b]))
    }
  }
  for (let n = 0; n < length; n++) {
    if (valid !== undefined && valid[n] === 0) continue
    const position = positionB(n)
    const first = Math.floor(position) - 1
    const row = binA(n) * bins
    let sum = 0
    for (let tap = 0; tap < 4; tap++)
      sum += sensitivity[row + first + tap] * cubicSplineSlope(position - first - tap)
    gradient[n] = (sum * scaleB) / count
  }
  return { value, gradient }
}

function validRange(values: ArrayLike<number>, valid: ArrayLike<number> | undefined, length: number) {
  let min = Infinity
  let max = -Infinity
  for (let n = 0; n < length; n++) {
    if (valid !== undefined && valid[n] === 0) continue
    if (values[n] < min) min = values[n]
    if (values[n] > max) max = values[n]
  }
  return { min, max }
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
