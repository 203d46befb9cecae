import { describe, expect, it } from 'vitest'
import { labelPaints } from '../../labels/label-colours.js'
import { paintLabels } from './label-layer.js'

/** A 5 x 5 picture of mid grey with a 3 x 3 square of label 2 in its middle. */
function square(): { pixels: Uint32Array; labels: Uint16Array } {
  const labels = new Uint16Array(25)
  for (const v of [1, 2, 3]) labels.fill(2, v * 5 + 1, v * 5 + 4)
  return { pixels: new Uint32Array(25).fill(0xff646464), labels }
}
const paints = labelPaints([2], () => '#ff8000')

describe('paintLabels', () => {
  it('tints the area and draws a stronger line along its inner edge', () => {
    const { pixels, labels } = square()
    paintLabels(pixels, labels, 5, { paints, opacity: 0.5, hasOutline: true })
    expect(pixels[0]).toBe(0xff646464)
    const middle = pixels[12] ?? 0
    expect(middle & 0xff).toBe((255 * 128 + 100 * 128) >> 8)
    expect((middle >> 16) & 0xff).toBe(50)
    expect((pixels[6] ?? 0) & 0xff).toBeGreaterThan(middle & 0xff)
  })

  it('leaves the grey of hidden labels, and of all labels at no opacity', () => {
    const hidden = square()
    paintLabels(hidden.pixels, hidden.labels, 5, {
      paints: labelPaints([1], () => '#ff0000'),
      opacity: 1,
      hasOutline: true,
    })
    const clear = square()
    paintLabels(clear.pixels, clear.labels, 5, { paints, opacity: 0, hasOutline: false })
    for (const { pixels } of [hidden, clear]) {
      expect(pixels).toEqual(new Uint32Array(25).fill(0xff646464))
    }
  })
})
