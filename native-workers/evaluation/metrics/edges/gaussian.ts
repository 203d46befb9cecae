/** The kernel reaches this many standard deviations to each side. */
const truncation = 4

/** Convolves with a sampled Gaussian, row-major; zeros beyond the border. */
export function gaussianBlur(
  values: Float64Array,
  width: number,
  height: number,
  sigmaPixels: number,
): Float64Array {
  const radius = Math.floor(truncation * sigmaPixels + 0.5)
  const raw = Array.from({ length: 2 * radius + 1 }, (_, n) =>
    Math.exp(-0.5 * ((n - radius) / sigmaPixels) ** 2),
  )
  const total = raw.reduce((sum, weight) => sum + weight, 0)
  const kernel = raw.map((weight) => weight / total)
  const down = alongAxis(values, { count: height, stride: width }, { count: width, stride: 1 }, kernel)
  return alongAxis(down, { count: width, stride: 1 }, { count: height, stride: width }, kernel)
}

interface Axis {
  readonly count: number
  readonly stride: number
}

function alongAxis(values: Float64Array, axis: Axis, other: Axis, kernel: readonly number[]): Float64Array {
  const radius = (kernel.length - 1) / 2
  const out = new Float64Array(values.length)
  for (let line = 0; line < other.count; line++) {
    for (let n = 0; n < axis.count; n++) {
      const [first, last] = [Math.max(0, n - radius), Math.min(axis.count - 1, n + radius)]
      let sum = 0
      for (let m = first; m <= last; m++) {
        sum += kernel[m - n + radius] * values[line * other.stride + m * axis.stride]
      }
      out[line * other.stride + n * axis.stride] = sum
    }
  }
  return out
}
