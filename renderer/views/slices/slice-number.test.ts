import { describe, expect, it } from 'vitest'
import { sliceNumber } from './slice-number.js'

const grid = {
  size: [10, 20, 30],
  spacingMm: [1, 1, 2],
  originMm: [0, 0, 100],
  direction: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, -1],
  ],
} as const

describe('sliceNumber', () => {
  it('counts along the stored axis, whichever way it runs', () => {
    expect(sliceNumber(grid, [0, 0, 1], [5, 5, 100])).toEqual({ number: 1, count: 30 })
    expect(sliceNumber(grid, [0, 0, 1], [5, 5, 42])).toEqual({ number: 30, count: 30 })
    expect(sliceNumber(grid, [1, 0, 0], [4.2, 5, 42])).toEqual({ number: 5, count: 10 })
  })

  it('has no number where the volume lies oblique', () => {
    const [c, s] = [Math.cos(0.1), Math.sin(0.1)]
    const oblique = {
      ...grid,
      direction: [
        [c, -s, 0],
        [s, c, 0],
        [0, 0, 1],
      ],
    } as const
    expect(sliceNumber(oblique, [1, 0, 0], [0, 0, 100])).toBeNull()
    expect(sliceNumber(oblique, [0, 0, 1], [0, 0, 100])).toEqual({ number: 1, count: 30 })
  })
})
