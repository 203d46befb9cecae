/** For one new sample: the first old sample it draws from and the weights of it and its successors, summing to 1. */
export interface Taps {
  readonly first: number
  readonly weights: Float64Array
}

/**
 * Weights that average the linear interpolant of old samples over each new sample's width: area averaging when
 * coarsening (no aliasing), smooth interpolation when refining. Constants and, away from the ends, ramps are kept
 * exactly. The new samples are centred on the old ones' extent; past the ends the last sample continues.
 * @param from number of old samples, `fromSpacing` apart
 */
export function axisWeights(from: number, fromSpacing: number, to: number, toSpacing: number): Taps[] {
  const firstCentre = ((from - 1) * fromSpacing) / 2 - ((to - 1) * toSpacing) / 2
  return Array.from({ length: to }, (_, index) => {
    const centre = (firstCentre + index * toSpacing) / fromSpacing
    const halfWidth = toSpacing / fromSpacing / 2
    const low = Math.floor(centre - halfWidth)
    const high = Math.ceil(centre + halfWidth)
    const first = clamp(low, from)
    const weights = new Float64Array(clamp(high, from) - first + 1)
    for (let n = low; n <= high; n++) {
      const share = hatIntegral(centre + halfWidth - n) - hatIntegral(centre - halfWidth - n)
      weights[clamp(n, from) - first] += share / (2 * halfWidth)
    }
    return { first, weights }
  })
}

const clamp = (index: number, count: number): number => Math.min(count - 1, Math.max(0, index))

/** Integral of the hat function 1 - |x| from -1 to t. */
function hatIntegral(t: number): number {
  if (t <= -1) return 0
  if (t >= 1) return 1
  return t < 0 ? (1 + t) ** 2 / 2 : 1 - (1 - t) ** 2 / 2
}
