import { describe, expect, it } from 'vitest'
import { learningRateAt } from './learning-rate.js'

const options = {
  learningRate: 1e-3,
  schedule: true,
  warmupIterations: 10,
  totalIterations: 110,
  accumulate: 1,
}

describe('the learning rate', () => {
  it('rises in a line, then falls along half a cosine, and is never 0', () => {
    expect(learningRateAt(1, options)).toBeCloseTo(1e-4, 12)
    expect(learningRateAt(10, options)).toBeCloseTo(1e-3, 12)
    const later = Array.from({ length: 100 }, (_, n) => learningRateAt(11 + n, options))
    expect(later).toEqual(later.toSorted((a, b) => b - a))
    expect(learningRateAt(60, options)).toBeGreaterThan(0.49e-3)
    expect(later[99]).toBeGreaterThan(0)
    expect(later[99]).toBeLessThan(1e-6)
  })

  it('stays for the iterations that make one update', () => {
    const four = { ...options, accumulate: 4 }
    expect(learningRateAt(1, four)).toBe(learningRateAt(4, four))
    expect(learningRateAt(5, four)).toBeGreaterThan(learningRateAt(4, four))
  })

  it('is constant without a schedule', () => {
    expect(learningRateAt(1, { ...options, schedule: false })).toBe(1e-3)
    expect(learningRateAt(110, { ...options, schedule: false })).toBe(1e-3)
  })
})
