import { describe, expect, it } from 'vitest'
import { type Interpolation } from '../../../contract/operations/resample-isotropic.js'
import { interpolationWeights } from './interpolation-weights.js'

const kinds: readonly Interpolation[] = ['linear', 'bspline', 'sinc']

/** Samples f(n) of an axis, taken at `offset + m * ratio` by the weights. */
function resampled(
  kind: Interpolation,
  samples: readonly number[],
  { count, ratio, offset }: { count: number; ratio: number; offset: number },
): number[] {
  const { taps, start, weights } = interpolationWeights(kind, samples.length, count, ratio, offset)
  return Array.from({ length: count }, (_, output) => {
    let sum = 0
    for (let tap = 0; tap < taps; tap++) sum += weights[output * taps + tap] * samples[start[output] + tap]
    return sum
  })
}

const samplesOf = (f: (x: number) => number, count: number) => Array.from({ length: count }, (_, n) => f(n))

/** Largest error halfway between `perPeriod` samples of a cosine, away from the ends. */
function midpointError(kind: Interpolation, perPeriod: number): number {
  const f = (x: number) => Math.cos((2 * Math.PI * x) / perPeriod + 0.3)
  const values = resampled(kind, samplesOf(f, 160), { count: 100, ratio: 1, offset: 30.5 })
  return Math.max(...values.map((value, output) => Math.abs(value - f(30.5 + output))))
}

describe('interpolationWeights', () => {
  it.each(kinds)('keeps constants exactly, finer and coarser, beyond both ends (%s)', (kind) => {
    for (const ratio of [0.4, 1, 1.3, 3.7]) {
      const count = Math.floor(20 / ratio) + 1
      const values = resampled(
        kind,
        samplesOf(() => -1000, 20),
        { count, ratio, offset: -0.5 },
      )
      expect(Math.max(...values.map((value) => Math.abs(value + 1000)))).toBeLessThan(1e-9)
    }
  })

  it.each(kinds)('copies samples where positions meet them (%s)', (kind) => {
    const samples = samplesOf((n) => (n * 37) % 11, 9)
    expect(resampled(kind, samples, { count: 9, ratio: 1, offset: 0 })).toEqual(samples)
    expect(
      resampled(kind, samples, { count: 17, ratio: 0.5, offset: 0 }).filter((_, n) => n % 2 === 0),
    ).toEqual(samples)
  })

  it('is exact on lines by linear interpolation, when coarsening too', () => {
    for (const ratio of [0.3, 1.7, 2]) {
      const values = resampled(
        'linear',
        samplesOf((x) => 3 * x - 7, 60),
        { count: 12, ratio, offset: 20.15 },
      )
      values.forEach((value, output) => {
        expect(value).toBeCloseTo(3 * (20.15 + output * ratio) - 7, 10)
      })
    }
  })

  it('is exact on cubics by the spline, away from the ends', () => {
    const f = (x: number) => ((x - 30) / 10) ** 3 - 2 * ((x - 30) / 10) ** 2 + x / 7 - 4
    const values = resampled('bspline', samplesOf(f, 60), { count: 14, ratio: 0.6, offset: 25.13 })
    values.forEach((value, output) => {
      expect(value).toBeCloseTo(f(25.13 + output * 0.6), 6)
    })
  })

  it('errs less by the order of the interpolation: 2 for linear, 4 for the spline', () => {
    for (const [kind, order] of [
      ['linear', 2],
      ['bspline', 4],
    ] as const) {
      const measured = Math.log2(midpointError(kind, 10) / midpointError(kind, 20))
      expect(measured).toBeGreaterThan(order - 0.1)
      expect(measured).toBeLessThan(order + 0.4)
    }
  })

  it('follows detail of four samples per period best by the sinc, worst by lines', () => {
    const [linear, spline, sinc] = kinds.map((kind) => midpointError(kind, 4))
    expect(linear).toBeGreaterThan(0.25)
    expect(spline).toBeLessThan(0.08)
    expect(sinc).toBeLessThan(spline)
  })

  it.each(kinds)('averages away what the coarser axis cannot show (%s)', (kind) => {
    const stripes = samplesOf((n) => (n % 2) * 1000, 200)
    const values = resampled(kind, stripes, { count: 35, ratio: 4, offset: 30.3 })
    expect(Math.max(...values.map((value) => Math.abs(value - 500)))).toBeLessThan(5)
    const point = resampled('linear', stripes, { count: 35, ratio: 1, offset: 31 })
    expect(Math.max(...point.map((value) => Math.abs(value - 500)))).toBe(500)
  })

  it('takes an axis of one sample as constant', () => {
    for (const kind of kinds) {
      resampled(kind, [5], { count: 3, ratio: 0.4, offset: -0.4 }).forEach((value) => {
        expect(value).toBeCloseTo(5, 12)
      })
    }
  })
})
