import { describe, expect, it } from 'vitest'
import type { PictureMetrics } from '../../../native-workers/contract/operations/evaluate-registration.js'
import { errorsTable, metricsTable } from './tables.js'

const metrics: PictureMetrics = {
  meanSquaredError: 310.82,
  structuralSimilarity: 0.93871,
  normalizedMutualInformation: 1.3996,
  correlationMaximum: 0.9875,
  correlationShiftPixels: [0, 0],
  correlation: 0.9875,
  gradientCorrelation: null,
  edgeDistancePixels: 0.987,
  edgeDistanceMm: null,
}
const errors = {
  mTreMm: 0.567,
  maxTreMm: 0.851,
  rotationErrorDeg: 0.154,
  translationErrorMm: 0.2,
  'xvr-mTRE (compat)': null,
  views: [],
}

describe('the tables of an evaluation', () => {
  it('have a column per DRR, of the area that is asked for, and a dash for what is not defined', () => {
    const whole = { ...metrics, meanSquaredError: 3001.6 }
    const view = {
      xray: 'a.png',
      width: 8,
      height: 8,
      validPixelFraction: 1,
      comparisons: [{ drr: 'final', whole, inMask: metrics } as const],
    }
    const inMask = metricsTable(view, 'inMask')
    expect(inMask.head).toEqual(['Metric', 'Result'])
    expect(inMask.rows).toContainEqual(['MSE', '311'])
    expect(inMask.rows).toContainEqual(['Gradient NCC', '–'])
    expect(inMask.rows).toContainEqual(['SSIM', '0.939'])
    expect(metricsTable(view, 'whole').rows).toContainEqual(['MSE', '3002'])
  })

  it('compare start and result with the truth where there is one', () => {
    expect(errorsTable(null, null)).toBeNull()
    expect(errorsTable(errors, { ...errors, mTreMm: 0.034 })?.rows[0]).toEqual(['mTRE, mm', '0.57', '0.03'])
  })
})
