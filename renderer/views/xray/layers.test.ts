import { describe, expect, it } from 'vitest'
import { gradientMagnitude, type FloatPicture } from './float-picture.js'
import { edgeRange } from './layers.js'

const side = 100

/** Waves of many strengths within `reach` of the middle, on even ground. */
function waves(reach: number): FloatPicture {
  const pixels = Float32Array.from({ length: side * side }, (_, index) => {
    const [x, y] = [(index % side) - side / 2, Math.floor(index / side) - side / 2]
    const isInside = Math.abs(x) < reach && Math.abs(y) < reach
    return isInside ? 10 + Math.sin(x / 3) * Math.cos(y / 5) + (x * y) / 500 : 0
  })
  return { width: side, height: side, pixels, valid: null }
}

/** How much of what has a gradient at all is drawn. */
function shareDrawn(picture: FloatPicture): number {
  const pixels = gradientMagnitude(picture)
  const { low } = edgeRange({ ...picture, pixels })
  return pixels.filter((value) => value > low).length / pixels.filter((value) => value > 0).length
}

describe('edgeRange', () => {
  it('takes about a tenth of a picture that is full', () => {
    expect(shareDrawn(waves(side))).toBeGreaterThan(0.08)
    expect(shareDrawn(waves(side))).toBeLessThan(0.14)
  })

  it('leaves the inside of a small bone clear', () => {
    expect(shareDrawn(waves(8))).toBeGreaterThan(0.15)
    expect(shareDrawn(waves(8))).toBeLessThan(0.35)
  })
})
