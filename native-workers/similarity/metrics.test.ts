import { describe, expect, it } from 'vitest'
import { gradientCorrelation } from './gradient-correlation.js'
import { type ImagePair, type SimilarityMetric } from './image-pair.js'
import { similarityMetrics } from './metrics.js'
import { mutualInformation } from './mutual-information.js'
import { patchCorrelation } from './patch-correlation.js'

/** A smooth deterministic texture, so that derivatives exist and nothing is symmetric. */
function texture(width: number, height: number, phase: number): Float64Array {
  return Float64Array.from({ length: width * height }, (_, n) => {
    const x = n % width
    const y = Math.floor(n / width)
    return (
      Math.sin(0.5 * x + phase) * Math.cos(0.3 * y - phase) + 0.05 * x + 0.3 * Math.sin(0.9 * x * phase + y)
    )
  })
}

function checkerMask(width: number, height: number): Uint8Array {
  return Uint8Array.from({ length: width * height }, (_, n) => (n % width > 4 || n < 5 * width ? 1 : 0))
}

const pair: ImagePair = { width: 19, height: 17, fixed: texture(19, 17, 0.4), moving: texture(19, 17, 0.7) }
const masked: ImagePair = { ...pair, valid: checkerMask(19, 17) }

const somePixels = [0, 7, 58, 101, 160, 250, 19 * 17 - 1]

function expectGradient(
  metric: SimilarityMetric,
  images: ImagePair,
  step: number,
  pixels: readonly number[] = somePixels,
): void {
  const { gradient } = metric(images)
  for (const n of pixels) {
    const shifted = (delta: number) => {
      const moving = Float64Array.from(images.moving)
      moving[n] += delta
      return metric({ ...images, moving }).value
    }
    expect(gradient[n]).toBeCloseTo((shifted(step) - shifted(-step)) / (2 * step), 6)
  }
}

describe('similarity metrics', () => {
  for (const name of ['ncc', 'mncc', 'gncc', 'gmncc'] as const) {
    it(`${name}: gradient equals central differences, with and without mask`, () => {
      expectGradient(similarityMetrics[name], pair, 1e-5)
      expectGradient(similarityMetrics[name], masked, 1e-5)
    })
    it(`${name}: 1 for another contrast, and pixels outside the mask do not matter`, () => {
      // No offset: the definition of gNCC pads with zeros, so an offset makes an edge at the border.
      const same = { ...pair, moving: Float64Array.from(pair.fixed, (value) => 3 * value) }
      expect(similarityMetrics[name](same).value).toBeCloseTo(1, 3)
      const valid = checkerMask(19, 17)
      const disturbed = Float64Array.from(pair.moving, (value, n) => (valid[n] === 0 ? 1e3 : value))
      const value = similarityMetrics[name]({ ...masked, moving: disturbed }).value
      expect(value).toBeCloseTo(similarityMetrics[name](masked).value, 9)
    })
  }

  it('mutual information: gradient equals central differences, also at the pixels that define the range', () => {
    const moving = Array.from(pair.moving)
    const extremes = [Math.min, Math.max].map((of) => moving.indexOf(of(...moving)))
    for (const images of [pair, masked]) expectGradient((tried) => mutualInformation(tried), images, 1e-6)
    expectGradient((tried) => mutualInformation(tried), pair, 1e-6, extremes)
  })

  it('mutual information does not mind an inverted picture and prefers the true one', () => {
    const inverted = { ...pair, moving: Float64Array.from(pair.fixed, (value) => -value) }
    expect(mutualInformation(inverted).value).toBeGreaterThan(2 * mutualInformation(pair).value)
  })

  it('patches larger than the picture give no windows', () => {
    expect(patchCorrelation(pair, 25).value).toBe(0)
    expect(gradientCorrelation(pair, 25).value).toBe(0)
  })
})
