import { describe, expect, it } from 'vitest'
import { type ImagePair } from '../../similarity/image-pair.js'
import { similarityMetrics } from '../../similarity/metrics.js'
import { pictureMetrics } from './picture-metrics.js'

const [width, height] = [61, 48]

/** A disc, a slanted half plane and a ramp under noise; integer arithmetic and sums, the same in any language. */
function picture(centreX: number, centreY: number, gain: number, seed: number): Float64Array {
  let state = seed
  return Float64Array.from({ length: width * height }, (_, n) => {
    const [x, y] = [n % width, Math.floor(n / width)]
    state = Number((BigInt(state) * 1103515245n + 12345n) % 2n ** 31n)
    const disc = (x - centreX) ** 2 + (y - centreY) ** 2 < 14 ** 2 ? gain : 0
    const plane = 3 * x - 2 * y > 90 + centreX - 28 ? 50 : 0
    return 40 + 1.25 * x + disc + plane + 24 * (state / 2 ** 31)
  })
}

const pair: ImagePair = { width, height, fixed: picture(28, 20, 70, 7), moving: picture(31, 18, 55, 11) }
const valid = Uint8Array.from({ length: width * height }, (_, n) =>
  2 * ((n % width) - 30) ** 2 + 3 * (Math.floor(n / width) - 24) ** 2 < 1200 ? 1 : 0,
)
const pitchMm = [0.2, 0.3] as const

/*
 * Reference values of Debian's scikit-image 0.19.3, SciPy 1.10.1 and NumPy 1.24.2 on the same float64 pictures a, b:
 * ((a - b) ** 2).mean(); structural_similarity(a, b, data_range=b.max() - b.min(), full=True), in the mask the mean of
 * its map over the windows inside (minimum_filter of size 7); normalized_mutual_information(a, b, bins=100);
 * match_template(a, b, pad_input=True).max() and its place, in the mask of both pictures with their mean in the mask
 * subtracted and 0 outside; corrcoef; canny(a / 255, sigma=2, low_threshold=, high_threshold=, mask=...) with the 90th
 * and 95th percentile of its Sobel magnitudes off the border, and distance_transform_edt(~edges, sampling=(0.3, 0.2) for
 * mm).
 */
const references = {
  whole: {
    meanSquaredError: 430.0381245768833,
    structuralSimilarity: 0.2962708707830635,
    normalizedMutualInformation: 1.2087771206061928,
    correlationMaximum: 0.9070000845975466,
    correlation: 0.8945247605216907,
    edgeDistancePixels: 3.421641643575545,
    edgeDistanceMm: 0.7916965171798509,
  },
  inMask: {
    meanSquaredError: 709.9077409554543,
    structuralSimilarity: 0.27007891717723037,
    normalizedMutualInformation: 1.2344165052206932,
    correlationMaximum: 0.7887318242837261,
    correlation: 0.7847480915741314,
    edgeDistancePixels: 2.2405909712168137,
    edgeDistanceMm: 0.5064674167522942,
  },
} as const

describe('pictureMetrics', () => {
  it.each([
    ['over the whole field', references.whole, pair],
    ['inside a mask', references.inMask, { ...pair, valid }],
  ])('equals scikit-image and SciPy %s', async (_, expected, compared) => {
    const metrics = await pictureMetrics(compared, pitchMm)
    for (const [name, value] of Object.entries(expected)) {
      expect(metrics, name).toHaveProperty(name, expect.closeTo(value, 10))
    }
    expect(metrics.correlationShiftPixels).toEqual([-1, 0])
  })

  it('takes the gradient correlation from the registration, on values 0..1', async () => {
    const shares = {
      ...pair,
      fixed: Array.from(pair.fixed, (v) => v / 255),
      moving: Array.from(pair.moving, (v) => v / 255),
    }
    const { gradientCorrelation } = await pictureMetrics(pair, undefined)
    expect(gradientCorrelation).toBe(similarityMetrics.gncc(shares).value)
  })

  it('finds a picture like itself, and where it was moved to', async () => {
    const same = await pictureMetrics({ ...pair, moving: pair.fixed }, pitchMm)
    expect(same).toMatchObject({ meanSquaredError: 0, edgeDistancePixels: 0, correlationShiftPixels: [0, 0] })
    expect(same.structuralSimilarity).toBeCloseTo(1, 12)
    expect(same.normalizedMutualInformation).toBeCloseTo(2, 12)
    const zeroMean = Float64Array.from(pair.fixed, (value) => value - 100)
    const moved = zeroMean.map((_, n) => zeroMean[Math.max(0, n - 4 * width - 3)])
    const found = await pictureMetrics({ ...pair, fixed: moved, moving: zeroMean }, undefined)
    expect(found.correlationShiftPixels).toEqual([3, 4])
    expect(found.edgeDistanceMm).toBeNull()
  })

  it('leaves open what a picture without contrast does not define', async () => {
    const blank = await pictureMetrics({ ...pair, moving: new Float64Array(width * height).fill(9) }, pitchMm)
    expect(blank).toMatchObject({
      structuralSimilarity: null,
      normalizedMutualInformation: null,
      correlationMaximum: null,
      correlation: null,
      edgeDistancePixels: null,
    })
    expect(blank.meanSquaredError).toBeGreaterThan(0)
  })
})
