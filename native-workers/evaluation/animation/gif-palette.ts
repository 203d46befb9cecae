import { background, blue, mix, orange, type Rgb } from './colours.js'

/** The last entry of the table stands for "as in the frame before". */
export const unchangedIndex = 255
const hueSteps = 52
const greyCount = unchangedIndex - 2 * hueSteps

/** One table for a whole animation: 151 greys, and 52 steps from the background to each of the two hues. */
export const gifPalette: readonly Rgb[] = [
  ...Array.from({ length: greyCount }, (_, n): Rgb => mix([0, 0, 0], [255, 255, 255], n / (greyCount - 1))),
  ...[orange, blue].flatMap((hue) =>
    Array.from({ length: hueSteps }, (_, n): Rgb => mix(background, hue, (n + 1) / hueSteps)),
  ),
]

/** The table's nearest colour to each red-green-blue-alpha pixel; colours met before are remembered. */
export class PaletteMapper {
  private readonly known = new Map<number, number>()

  indices(rgba: Uint8ClampedArray): Uint8Array {
    const indices = new Uint8Array(rgba.length / 4)
    for (let pixel = 0; pixel < indices.length; pixel++) {
      const [red, green, blueShare] = [rgba[4 * pixel], rgba[4 * pixel + 1], rgba[4 * pixel + 2]]
      const key = (red << 16) | (green << 8) | blueShare
      let index = this.known.get(key)
      if (index === undefined) this.known.set(key, (index = nearest([red, green, blueShare])))
      indices[pixel] = index
    }
    return indices
  }
}

function nearest(colour: Rgb): number {
  let best = 0
  let least = Infinity
  gifPalette.forEach((entry, index) => {
    const squared = entry.reduce((sum, value, n) => sum + (value - colour[n]) ** 2, 0)
    if (squared < least) [best, least] = [index, squared]
  })
  return best
}
