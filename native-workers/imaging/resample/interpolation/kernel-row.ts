/** Weights of consecutive samples of an endless axis, from sample `first` on. */
export interface KernelRow {
  readonly first: number
  readonly weights: readonly number[]
}

/** Lobes on either side of the windowed sinc, as in 3D Slicer's and ITK's. */
const lanczosRadius = 3
/** Pole of the cubic spline's recursive prefilter (Unser 1999, "Splines: a perfect fit", box 2). */
const splinePole = Math.sqrt(3) - 2
/** The prefilter's tails are cut where they fall below this. */
const splineTail = 1e-8

/** Linear interpolation at `position`. */
export function linearRow(position: number): KernelRow {
  const first = Math.floor(position)
  const share = position - first
  return share === 0 ? { first, weights: [1] } : { first, weights: [1 - share, share] }
}

/**
 * The Lanczos-windowed sinc of radius 3 at `position`. `stretch` above 1 widens it, which makes it the low-pass for
 * samples that lie as much further apart. The weights are scaled to a sum of 1, so that constants stay exact.
 */
export function lanczosRow(position: number, stretch: number): KernelRow {
  const reach = lanczosRadius * Math.max(1, stretch)
  const first = Math.floor(position - reach) + 1
  const last = Math.ceil(position + reach) - 1
  const weights = Array.from({ length: last - first + 1 }, (_, index) => {
    const x = (position - first - index) / Math.max(1, stretch)
    return sinc(x) * sinc(x / lanczosRadius)
  })
  return ofSumOne({ first, weights })
}

function sinc(x: number): number {
  // The sine of a multiple of pi is not quite 0, and samples must be copied exactly.
  if (Number.isInteger(x)) return x === 0 ? 1 : 0
  return Math.sin(Math.PI * x) / (Math.PI * x)
}

/** Values of the cubic B-spline at 1 + share, share, 1 - share and 2 - share. */
function splineBasis(share: number): readonly [number, number, number, number] {
  const rest = 1 - share
  return [
    rest ** 3 / 6,
    2 / 3 - share ** 2 * (1 - share / 2),
    2 / 3 - rest ** 2 * (1 - rest / 2),
    share ** 3 / 6,
  ]
}

/**
 * Cubic spline interpolation at `position`, as weights of the samples themselves: the B-spline's four coefficients, each
 * the samples through the prefilter, whose answer to a single sample is sqrt(3) pole^|n|. On an axis mirrored at its
 * outermost samples this is the spline that the recursive filter gives (Unser 1999; SciPy's mode "mirror").
 */
export function splineRow(position: number): KernelRow {
  const nearest = Math.floor(position)
  if (position === nearest) return { first: nearest, weights: [1] }
  const reach = Math.ceil(Math.log(splineTail / Math.sqrt(3)) / Math.log(Math.abs(splinePole)))
  const basis = splineBasis(position - nearest)
  const first = nearest - 1 - reach
  const weights = Array.from({ length: 2 * reach + 4 }, (_, index) =>
    basis.reduce(
      (sum, value, b) => sum + value * Math.sqrt(3) * splinePole ** Math.abs(index - reach - b),
      0,
    ),
  )
  return ofSumOne({ first, weights })
}

/** A row over samples that have been smoothed by a Gaussian of `sigma` samples, cut at 4 sigma. */
export function smoothedRow({ first, weights }: KernelRow, sigma: number): KernelRow {
  const reach = Math.round(4 * sigma)
  if (reach === 0) return { first, weights }
  const gaussian = ofSumOne({
    first: -reach,
    weights: Array.from({ length: 2 * reach + 1 }, (_, index) =>
      Math.exp(-(((index - reach) / sigma) ** 2) / 2),
    ),
  }).weights
  const smoothed = new Array<number>(weights.length + 2 * reach).fill(0)
  weights.forEach((weight, at) => {
    gaussian.forEach((value, offset) => {
      smoothed[at + offset] += weight * value
    })
  })
  return { first: first - reach, weights: smoothed }
}

function ofSumOne({ first, weights }: KernelRow): KernelRow {
  const sum = weights.reduce((total, weight) => total + weight, 0)
  return { first, weights: weights.map((weight) => weight / sum) }
}
