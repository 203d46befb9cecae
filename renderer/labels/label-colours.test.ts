import { describe, expect, it } from 'vitest'
import { defaultColour, labelPaints } from './label-colours.js'

describe('defaultColour', () => {
  it('is another one for every label of a large map, and stays the same', () => {
    const colours = Array.from({ length: 118 }, (_, index) => defaultColour(index + 1))
    expect(new Set(colours).size).toBe(118)
    expect(colours.every((colour) => /^#[0-9a-f]{6}$/.test(colour))).toBe(true)
    expect(defaultColour(5)).toBe(colours[4])
  })
})

describe('labelPaints', () => {
  it('has a paint for the given labels alone', () => {
    expect([...labelPaints([1, 3], () => '#102030')]).toEqual([-1, 0x302010, -1, 0x302010])
  })
})
