import { describe, expect, it } from 'vitest'
import { errorAxis, linearAxis } from './value-axis.js'

describe('errorAxis', () => {
  it('goes by powers of ten where errors of a start and of an answer differ by far', () => {
    const { ticks, shareOf, textOf } = errorAxis([38, 0.06, 0.3, 21])
    expect(ticks.map(textOf)).toEqual(['0.01', '0.1', '1', '10', '100'])
    expect([0.01, 1, 100].map(shareOf)).toEqual([0, 0.5, 1])
  })

  it('is linear for errors alike, and where one is zero', () => {
    expect(errorAxis([0.1, 0.4]).ticks).toEqual(linearAxis([0.1, 0.4]).ticks)
    expect(errorAxis([0, 40]).shareOf(20)).toBe(0.5)
  })
})

describe('linearAxis', () => {
  it('writes as many decimals as its steps need, with a true minus', () => {
    const { ticks, textOf } = linearAxis([-0.05, 0.1])
    expect(ticks.map(textOf)).toEqual(['−0.05', '0.00', '0.05', '0.10'])
  })

  it('has room for equal values', () => {
    const { ticks, shareOf } = linearAxis([3, 3])
    expect(ticks.length).toBeGreaterThan(1)
    expect(shareOf(3)).toBeGreaterThanOrEqual(0)
    expect(shareOf(3)).toBeLessThanOrEqual(1)
  })
})
