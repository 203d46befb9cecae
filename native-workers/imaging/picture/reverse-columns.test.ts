import { describe, expect, it } from 'vitest'
import { reverseColumns } from './reverse-columns.js'

describe('reverseColumns', () => {
  it('reads every row right to left and leaves its input alone', () => {
    const pixels = new Float32Array([1, 2, 3, 4, 5, 6])
    expect(reverseColumns(pixels, 3)).toEqual(new Float32Array([3, 2, 1, 6, 5, 4]))
    expect(pixels[0]).toBe(1)
  })
})
