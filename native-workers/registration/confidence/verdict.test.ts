import { describe, expect, it } from 'vitest'
import { type Confidence } from '../../contract/files/registration-result.js'
import { verdictOf } from './verdict.js'

const sure: Confidence = {
  finalLoss: 0.12,
  jackknifeMm: 0.1,
  restartSpreadMm: 0.05,
  antipodeMargin: 0.4,
  expectedErrorMm: 0.2,
  weakestDirection: 'depth (along the view of X-ray 1)',
  depthUncertaintyMm: 0.2,
  inPlaneUncertaintyMm: 0.05,
  validPixelFraction: 0.9,
}

describe('verdictOf', () => {
  it('is good when nothing speaks against it', () => {
    expect(verdictOf(sure, false).level).toBe('good')
  })

  it.each([
    [{ finalLoss: 0.4 }, 'check'],
    [{ finalLoss: 0.6 }, 'failed'],
    [{ expectedErrorMm: 3 }, 'check'],
    [{ expectedErrorMm: 20 }, 'failed'],
    [{ expectedErrorMm: null }, 'check'],
    [{ antipodeMargin: 0.05 }, 'check'],
    [{ antipodeMargin: -0.1 }, 'failed'],
    [{ validPixelFraction: 0.1 }, 'check'],
  ] as const)('%o is %s, with a reason', (change, level) => {
    const verdict = verdictOf({ ...sure, ...change }, false)
    expect(verdict.level).toBe(level)
    expect(verdict.reasons).toHaveLength(1)
  })

  it('allows a single bone a higher loss', () => {
    expect(verdictOf({ ...sure, finalLoss: 0.45 }, true).level).toBe('good')
    expect(verdictOf({ ...sure, finalLoss: 0.45 }, false).level).toBe('check')
  })
})
