import { describe, expect, it } from 'vitest'
import {
  everything,
  flip,
  outsideCircle,
  outsideRectangle,
  stroke,
  uncroppedMask,
  validFraction,
  type Mask,
} from './mask.js'

const full = (width = 20, height = 10): Mask => ({
  width,
  height,
  valid: new Uint8Array(width * height).fill(1),
})
const at = ({ width, valid }: Mask, x: number, y: number): number | undefined => valid[y * width + x]

describe('the mask of an X-ray', () => {
  it('is that of the whole picture, whatever was cropped', () => {
    const mask = uncroppedMask({ width: 2, height: 1, valid: Uint8Array.from([1, 0]) }, 3)
    expect([mask.width, mask.height]).toEqual([5, 4])
    expect(at(mask, 1, 1)).toBe(1)
    expect(validFraction(mask)).toBe(1 / 20)
  })

  it('is painted along a stroke, and goes back exactly', () => {
    const mask = full()
    const before = mask.valid.slice()
    const change = stroke(mask, [2, 5], [12, 5], 2, 0)
    expect(change).not.toBeNull()
    if (change === null) return
    flip(mask, change)
    expect([at(mask, 7, 3), at(mask, 7, 2), at(mask, 0, 5), at(mask, 14, 5), at(mask, 15, 5)]).toEqual([
      0, 1, 0, 0, 1,
    ])
    flip(mask, change)
    expect(mask.valid).toEqual(before)
  })

  it('takes strokes over its edge, and none beside it', () => {
    const mask = full()
    const change = stroke(mask, [-1, -1], [-1, -1], 2, 0)
    expect(change).toMatchObject({ left: 0, top: 0 })
    expect(stroke(mask, [-9, -9], [-9, -9], 2, 0)).toBeNull()
    expect(stroke(mask, [5, 5], [6, 5], 2, 1)).toBeNull()
  })

  it('keeps the inside of a collimator, in either direction of the drag', () => {
    for (const [from, to] of [
      [
        [4, 2],
        [9, 6],
      ],
      [
        [9, 6],
        [4, 2],
      ],
    ] as const) {
      const mask = full()
      const change = outsideRectangle(mask, from, to)
      if (change !== null) flip(mask, change)
      expect(validFraction(mask) * 200).toBe(6 * 5)
      expect([at(mask, 4, 2), at(mask, 9, 6), at(mask, 10, 6)]).toEqual([1, 1, 0])
    }
    const mask = full()
    const change = outsideCircle(mask, [10, 5], [13, 5])
    if (change !== null) flip(mask, change)
    expect([at(mask, 13, 5), at(mask, 14, 5), at(mask, 12, 7), at(mask, 13, 7)]).toEqual([1, 0, 1, 0])
  })

  it('never adds what was left out by a collimator, and is filled when asked', () => {
    const mask = full()
    mask.valid[0] = 0
    expect(outsideRectangle(mask, [0, 0], [19, 9])).toBeNull()
    const change = everything(mask)
    if (change !== null) flip(mask, change)
    expect(validFraction(mask)).toBe(1)
  })
})
