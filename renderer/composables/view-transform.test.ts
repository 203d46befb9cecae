import { describe, expect, it } from 'vitest'
import { fittedView, pannedBy, place, zoomedBy } from './view-transform.js'

const view = { width: 400, height: 300 }

describe('the placement of a picture', () => {
  it('fits the picture into the middle', () => {
    expect(place({ width: 100, height: 100 }, view, fittedView)).toEqual({ left: 50, top: 0, scale: 3 })
  })

  it('keeps the point under the middle of the view while zooming', () => {
    const moved = pannedBy(fittedView, 40, -20)
    const middle = (t: typeof fittedView): number => {
      const { left, scale } = place({ width: 100, height: 100 }, view, t)
      return (view.width / 2 - left) / scale
    }
    expect(middle(zoomedBy(moved, 90))).toBeCloseTo(middle(moved), 10)
  })

  it('never zooms without bounds', () => {
    expect(zoomedBy(fittedView, 1e6).zoom).toBe(40)
    expect(zoomedBy(fittedView, -1e6).zoom).toBe(0.25)
  })
})
