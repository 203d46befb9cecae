import { type Interpolation } from '../../../contract/operations/resample-isotropic.js'
import { type AxisWeights } from '../axis-weights.js'
import { type KernelRow, lanczosRow, linearRow, smoothedRow, splineRow } from './kernel-row.js'

/** Index on an axis of `size` samples of any sample of the endless axis that continues it. */
type Continuation = (index: number, size: number) => number

const repeatEnds: Continuation = (index, size) => Math.min(size - 1, Math.max(0, index))

/** d c b | a b c d | c b a: the outermost samples stand once. */
const mirrorAtEnds: Continuation = (index, size) => {
  if (size === 1) return 0
  const period = 2 * (size - 1)
  const within = ((index % period) + period) % period
  return within < size ? within : period - within
}

/**
 * Deviation, in input samples, of the Gaussian that smooths an axis before samples are taken `ratio` apart: its full
 * width at half maximum is what takes a sample's width from 1 to `ratio` (Cardoso et al., MICCAI 2015, "Scale factor
 * point spread function matching"). 0 when not coarsening, and for the sinc, whose own widened kernel is the low-pass.
 */
export function smoothingSigma(interpolation: Interpolation, ratio: number): number {
  if (interpolation === 'sinc' || ratio <= 1 + 1e-6) return 0
  return Math.sqrt((ratio * ratio - 1) / (8 * Math.LN2))
}

/**
 * Weights that take `outputSize` samples at distance `ratio`, the first at `offset` (both in input samples), from an
 * axis of `inputSize` samples. Coarser axes are smoothed first. Beyond its ends an axis goes on with its outermost
 * sample, for the spline mirrored at it.
 */
export function interpolationWeights(
  interpolation: Interpolation,
  inputSize: number,
  outputSize: number,
  ratio: number,
  offset: number,
): AxisWeights {
  const sigma = smoothingSigma(interpolation, ratio)
  const continued = interpolation === 'bspline' ? mirrorAtEnds : repeatEnds
  const rows = Array.from({ length: outputSize }, (_, output) => {
    const row = smoothedRow(rowAt(interpolation, onSample(offset + output * ratio), ratio), sigma)
    return foldedInto(inputSize, row, continued)
  })
  const taps = rows.reduce((most, { weights }) => Math.max(most, weights.length), 1)
  const start = Int32Array.from(rows, ({ first }) => Math.min(first, inputSize - taps))
  const weights = new Float64Array(outputSize * taps)
  rows.forEach((row, output) => {
    weights.set(row.weights, output * taps + row.first - start[output])
  })
  return { outputSize, taps, start, weights }
}

function rowAt(interpolation: Interpolation, position: number, ratio: number): KernelRow {
  switch (interpolation) {
    case 'linear':
      return linearRow(position)
    case 'bspline':
      return splineRow(position)
    case 'sinc':
      return lanczosRow(position, ratio)
  }
}

/** A position closer to a sample than rounding can tell is that sample: equal grids are copied exactly. */
function onSample(position: number): number {
  const nearest = Math.round(position)
  return Math.abs(position - nearest) < 1e-9 ? nearest : position
}

/** The row on the samples that exist; weights of 0 at its ends are left out. */
function foldedInto(size: number, { first, weights }: KernelRow, continued: Continuation): KernelRow {
  const folded = new Map<number, number>()
  weights.forEach((weight, at) => {
    const index = continued(first + at, size)
    folded.set(index, (folded.get(index) ?? 0) + weight)
  })
  const touched = [...folded].filter(([, weight]) => weight !== 0).map(([index]) => index)
  const least = Math.min(...touched)
  const length = Math.max(...touched) - least + 1
  return { first: least, weights: Array.from({ length }, (_, at) => folded.get(least + at) ?? 0) }
}
