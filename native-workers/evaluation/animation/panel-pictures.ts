import { type AnimationPanel } from '../../contract/operations/animate.js'
import { type GreyPicture } from '../../imaging/picture/area-resample.js'
import { withEdges } from '../../registration/result-pictures.js'
import { greyLevel, type GreyRange } from '../display/grey-levels.js'
import { background, blue, mix, orange, type Rgb } from './colours.js'

/** What a frame shows, at the panels' size, or at the X-ray's own where that is smaller. */
export interface ComparedPictures {
  readonly xray: GreyPicture
  readonly xrayRange: GreyRange
  /** Line integrals of the DRR of the moment. */
  readonly drr: Float32Array
  /** Like the X-ray at the answer, and the same for all frames, so that only the pose changes the picture. */
  readonly drrRange: GreyRange
}

export const panelTitles: Readonly<Record<AnimationPanel, string>> = {
  xray: 'X-ray',
  drr: 'DRR',
  difference: 'X-ray - DRR',
  edges: 'X-ray, edges of the DRR',
}

/** Pixels that the comparison left out are shown this dark. */
const invalidShare = 0.4

/** Red, green, blue of each pixel of a panel. */
export function panelPixels(
  panel: AnimationPanel,
  { xray, xrayRange, drr, drrRange }: ComparedPictures,
): (pixel: number) => Rgb {
  const xrayGrey = (n: number) =>
    greyLevel(xray.pixels[n], xrayRange) * (xray.valid[n] === 0 ? invalidShare : 1)
  const drrGrey = (n: number) => greyLevel(drr[n], drrRange)
  switch (panel) {
    case 'xray':
      return (n) => grey(xrayGrey(n))
    case 'drr':
      return (n) => grey(drrGrey(n))
    case 'difference':
      return (n) => (xray.valid[n] === 0 ? background : signed((xrayGrey(n) - drrGrey(n)) / 255))
    case 'edges': {
      const { width, height, valid } = xray
      const greys = Uint8Array.from(xray.pixels, (_, n) => Math.round(xrayGrey(n)))
      const rgb = withEdges(greys, { width, height, valid, pixels: drr })
      const isEdge = (n: number) => valid[n] !== 0 && rgb[3 * n] !== rgb[3 * n + 2]
      return (n) => (isEdge(n) ? orange : grey(greys[n]))
    }
  }
}

function grey(level: number): Rgb {
  const rounded = Math.round(level)
  return [rounded, rounded, rounded]
}

/** -1..1: blue where the DRR is brighter, orange where the X-ray is; half the range is full colour. */
function signed(difference: number): Rgb {
  const share = Math.min(1, 2 * Math.abs(difference))
  return mix(background, difference > 0 ? orange : blue, share)
}
