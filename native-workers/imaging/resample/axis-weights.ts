/** For each output sample along one axis: its first input sample and the weights of the samples from there on. */
export interface AxisWeights {
  readonly outputSize: number
  readonly taps: number
  /** First input index of each output sample. */
  readonly start: Int32Array
  /** `taps` weights per output sample, in float64; they sum to 1. */
  readonly weights: Float64Array
}

/** Integral from -infinity of the hat function that linear interpolation gives a sample. */
function hatIntegral(x: number): number {
  if (x <= -1) return 0
  if (x <= 0) return ((x + 1) * (x + 1)) / 2
  if (x <= 1) return 1 - ((1 - x) * (1 - x)) / 2
  return 1
}

/**
 * Weights that resample an axis of `inputSize` samples at distance 1 to `outputSize` samples at distance `ratio`,
 * the first at `offset` (in input samples): the linear interpolant, averaged when coarsening over a window of
 * sqrt(ratio² - 1) samples: none at equal spacing, the output's own width when much coarser. Both steps keep linear
 * ramps exactly. Beyond the ends the outermost sample is repeated.
 */
export function axisWeights(
  inputSize: number,
  outputSize: number,
  ratio: number,
  offset: number,
): AxisWeights {
  const window = Math.sqrt(Math.max(0, ratio * ratio - 1))
  const taps = Math.min(inputSize, Math.ceil(window) + 3)
  const start = new Int32Array(outputSize)
  const weights = new Float64Array(outputSize * taps)
  for (let output = 0; output < outputSize; output++) {
    const centre = offset + output * ratio
    const [from, to] = [centre - window / 2, centre + window / 2]
    const firstTouched = Math.floor(from)
    const lastTouched = Math.ceil(to)
    start[output] = Math.min(inputSize - taps, Math.max(0, firstTouched))
    for (let input = firstTouched; input <= lastTouched; input++) {
      const weight =
        window < 1e-6
          ? Math.max(0, 1 - Math.abs(centre - input))
          : (hatIntegral(to - input) - hatIntegral(from - input)) / window
      const present = Math.min(inputSize - 1, Math.max(0, input))
      if (weight > 0) weights[output * taps + present - start[output]] += weight
    }
  }
  return { outputSize, taps, start, weights }
}
