import { describe, expect, it } from 'vitest'
import { type ComparedDrr, type PictureMetrics } from '../../contract/operations/evaluate-registration.js'
import { renderFigure } from './canvas.js'
import { evaluationFigure } from './evaluation-figure.js'
import { type EvaluationFigureData } from './figure-data.js'

const [width, height] = [20, 16]
const drrs: readonly ComparedDrr[] = ['initial', 'final', 'high-quality']

const metrics = (similarity: number): PictureMetrics => ({
  meanSquaredError: 1000 * similarity,
  structuralSimilarity: similarity,
  normalizedMutualInformation: 1 + similarity,
  correlationMaximum: similarity,
  correlationShiftPixels: [0, 0],
  correlation: similarity,
  gradientCorrelation: similarity,
  edgeDistancePixels: null,
  edgeDistanceMm: null,
})

function dataOf(validPixelFraction: number): EvaluationFigureData {
  const levels = Uint8Array.from({ length: width * height }, (_, n) => (n * 7) % 256)
  return {
    title: 'Test',
    xrayName: 'x.png',
    volumeName: 'ct.nii',
    viewText: '',
    xray: levels,
    valid: new Uint8Array(width * height).fill(1),
    drrs: drrs.map((drr) => ({ drr, levels })),
    evaluation: {
      xray: 'x.png',
      width,
      height,
      validPixelFraction,
      comparisons: drrs.map((drr) => ({ drr, whole: metrics(0.1234), inMask: metrics(0.5678) })),
    },
    verdict: { level: 'good', reasons: [] },
    expectedErrorMm: null,
    errors: { initial: null, final: null },
  }
}

const textOf = async (validPixelFraction: number) =>
  Buffer.from(await renderFigure(evaluationFigure(dataOf(validPixelFraction)), 'svg'))
    .toString('utf8')
    .replaceAll(/<[^>]*>|\s/g, '')

describe('evaluationFigure', () => {
  it('tells the metrics of the whole field and of the compared pixels', async () => {
    const text = await textOf(0.72)
    expect(text).toContain('0.1234')
    expect(text).toContain('0.5678')
    expect(text).toContain('72%compared')
  })

  it('tells them once where all pixels were compared', async () => {
    const text = await textOf(1)
    expect(text).toContain('0.1234')
    expect(text).not.toContain('0.5678')
    expect(text).toContain('allcompared')
    expect(text).not.toContain('lightgrey')
  })
})
