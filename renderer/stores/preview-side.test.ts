import { describe, expect, it } from 'vitest'
import { finestPreviewSide, nextPreviewSide } from './preview-side.js'

/** Sides that a machine settles on when a picture takes a fixed time and some for each pixel. */
function settled(fixedMs: number, msPerPixel: number): readonly number[] {
  const seen: number[] = []
  let side = finestPreviewSide
  for (let n = 0; n < 20; n++) {
    side = nextPreviewSide(side, fixedMs + msPerPixel * side * side)
    seen.push(side)
  }
  return seen.slice(10)
}

describe('nextPreviewSide', () => {
  it('stays fine where pictures are fast', () => {
    expect(new Set(settled(5, 0.0002))).toEqual(new Set([256]))
  })

  it('comes to rest where twenty pictures a second are reached', () => {
    const sides = new Set(settled(10, 0.001))
    expect(sides.size).toBe(1)
    const [side = 0] = sides
    expect(10 + 0.001 * side * side).toBeLessThanOrEqual(40)
  })

  it('goes no lower than the coarsest, and returns when the machine is free again', () => {
    let side = finestPreviewSide
    for (let n = 0; n < 9; n++) side = nextPreviewSide(side, 400)
    expect(side).toBe(128)
    for (let n = 0; n < 9; n++) side = nextPreviewSide(side, 8)
    expect(side).toBe(finestPreviewSide)
  })
})
