import { createCanvas, loadImage } from '@napi-rs/canvas'
import { describe, expect, it } from 'vitest'
import { blue, orange, type Rgb } from './colours.js'
import { gifPalette, PaletteMapper } from './gif-palette.js'
import { GifWriter } from './gif-writer.js'
import { gifFrames } from './testing/gif-frames.js'

const [width, height] = [16, 8]

function picture(colourOf: (x: number, y: number) => Rgb): Uint8ClampedArray {
  const rgba = new Uint8ClampedArray(width * height * 4)
  for (let n = 0; n < width * height; n++) {
    rgba.set([...colourOf(n % width, Math.floor(n / width)), 255], 4 * n)
  }
  return rgba
}

/** A grey ramp with a coloured square at `left`. */
const scene = (left: number, colour: Rgb) =>
  picture((x, y) => (x >= left && x < left + 4 && y < 4 ? colour : [17 * x, 17 * x, 17 * x]))

const pixel = (rgba: Uint8ClampedArray, x: number, y: number) => [
  ...rgba.slice(4 * (y * width + x), 4 * (y * width + x) + 3),
]

describe('gifenc, as this project relies on it', () => {
  const pictures = [scene(0, orange), scene(6, orange), scene(6, blue)]
  const writer = new GifWriter(width, height)
  pictures.forEach((rgba, n) => writer.addFrame(rgba, n === 2 ? 2 : 0.05))
  const bytes = writer.finish()

  it('writes every frame with its time, and colours as near as the table has them', () => {
    const gif = gifFrames(bytes)
    expect({ width: gif.width, height: gif.height, loops: gif.loops }).toEqual({ width, height, loops: 0 })
    expect(gif.frames.map(({ delaySeconds }) => delaySeconds)).toEqual([0.05, 0.05, 2])
    gif.frames.forEach(({ rgb }, frame) => {
      for (let n = 0; n < width * height; n++) {
        for (let channel = 0; channel < 3; channel++) {
          const expected = pictures[frame][4 * n + channel]
          expect(Math.abs(rgb[3 * n + channel] - expected)).toBeLessThanOrEqual(2)
        }
      }
    })
  })

  it('is read by another decoder', async () => {
    const canvas = createCanvas(width, height)
    const context = canvas.getContext('2d')
    context.drawImage(await loadImage(Buffer.from(bytes)), 0, 0)
    const shown = context.getImageData(0, 0, width, height).data
    expect(pixel(shown, 1, 1)).toEqual([...orange])
    expect(pixel(shown, 15, 7)).toEqual([255, 255, 255])
  })
})

describe('gifPalette', () => {
  it('leaves one entry free and has every grey within one level', () => {
    expect(gifPalette).toHaveLength(255)
    const mapper = new PaletteMapper()
    for (let level = 0; level <= 255; level++) {
      const [index] = mapper.indices(Uint8ClampedArray.from([level, level, level, 255]))
      expect(gifPalette[index].every((value) => Math.abs(value - level) <= 1)).toBe(true)
    }
  })
})
