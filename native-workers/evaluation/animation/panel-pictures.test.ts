import { describe, expect, it } from 'vitest'
import { orange } from './colours.js'
import { panelPixels } from './panel-pictures.js'

const [width, height] = [24, 12]
/** Two bright bars, at columns 5 to 7 and 17 to 19. */
const bars = Float32Array.from({ length: width * height }, (_, n) =>
  [5, 6, 7, 17, 18, 19].includes(n % width) ? 1 : 0,
)
/** Only the left half was compared. */
const valid = Uint8Array.from({ length: width * height }, (_, n) => (n % width < 12 ? 1 : 0))
const range = { black: 0, white: 1 }
const pictures = {
  xray: { width, height, pixels: bars, valid },
  xrayRange: range,
  drr: bars,
  drrRange: range,
}

describe('panelPixels', () => {
  it('draws edges where the comparison took place, and none in what it left out', () => {
    const pixel = panelPixels('edges', pictures)
    const edges = bars.reduce<number[]>((found, _, n) => (pixel(n) === orange ? [...found, n] : found), [])
    expect(edges.length).toBeGreaterThan(10)
    expect(edges.every((n) => valid[n] === 1)).toBe(true)
  })

  it('shows what was left out dark in the X-ray, and not at all in the difference', () => {
    const row = 6 * width
    const xray = panelPixels('xray', pictures)
    expect([xray(row + 6), xray(row + 18)]).toEqual([
      [255, 255, 255],
      [102, 102, 102],
    ])
    const difference = panelPixels('difference', pictures)
    expect(difference(row + 18)).toEqual(difference(row + 6))
  })
})
