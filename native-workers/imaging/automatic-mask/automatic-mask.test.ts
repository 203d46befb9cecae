import { describe, expect, it } from 'vitest'
import { readXray } from '../read-xray.js'
import { realData } from '../testing/real-data.js'
import { automaticMask } from './automatic-mask.js'

const width = 300
const height = 260

/** Bone dark: bright air, a body of two ellipses with texture; `isField` tells where radiation comes through. */
function radiograph(isField: (x: number, y: number) => boolean, boneBright = false): Float32Array {
  const pixels = new Float32Array(width * height)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const body = Math.max(0, 1 - ((x - 150) / 110) ** 2 - ((y - 140) / 150) ** 2)
      const bone = Math.max(0, 1 - ((x - 160) / 30) ** 2 - ((y - 130) / 80) ** 2)
      const attenuation =
        2 * Math.sqrt(body) + Math.sqrt(bone) + 0.05 * body * Math.sin(x / 3) * Math.cos(y / 4)
      const transmitted = isField(x, y) ? 4000 * Math.exp(-attenuation) + 60 : 12
      pixels[y * width + x] = Math.round(boneBright ? 4095 - transmitted : transmitted)
    }
  }
  return pixels
}

/** Shares of the field that the mask keeps, and of the surround that it lets through. */
function scores(valid: Uint8Array, isField: (x: number, y: number) => boolean) {
  const [kept, total] = [
    [0, 0],
    [0, 0],
  ]
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const side = isField(x, y) ? 0 : 1
      total[side]++
      kept[side] += valid[y * width + x]
    }
  }
  return { keptOfField: kept[0] / total[0], leaked: total[1] === 0 ? 0 : kept[1] / total[1] }
}

const everywhere = () => true
const circle = (x: number, y: number) => Math.hypot(x - 145, y - 130) < 120
const cutCircle = (x: number, y: number) => Math.hypot(x - 150, y - 120) < 150
const rectangle = (x: number, y: number) => x >= 40 && x < 270 && y >= 30 && y < 235
const blade = (x: number) => x < 262
const octagon = (x: number, y: number) =>
  Math.abs(x - 150) < 120 && Math.abs(y - 130) < 120 && Math.abs(x - 150) + Math.abs(y - 130) < 170

describe('automaticMask on synthetic X-rays', () => {
  it.each([
    ['circle', circle],
    ['circle cut by the image', cutCircle],
    ['rectangle', rectangle],
    ['one blade', blade],
    ['octagon', octagon],
  ])('finds a %s, in either polarity, and no more', (_, isField) => {
    for (const boneBright of [false, true]) {
      const { valid, notes } = automaticMask(radiograph(isField, boneBright), width, height, boneBright)
      const { keptOfField, leaked } = scores(valid, isField)
      expect(leaked).toBe(0)
      expect(keptOfField).toBeGreaterThan(0.93)
      expect(notes[0]).toContain('field border')
    }
  })

  it('keeps every pixel of an uncollimated X-ray, air included', () => {
    for (const boneBright of [false, true]) {
      const pixels = radiograph(everywhere, boneBright)
      expect(automaticMask(pixels, width, height, boneBright).valid.includes(0)).toBe(false)
    }
  })

  it('takes the air beside a dense body for no field', () => {
    // The body's outline has two straight stretches; within it next to nothing comes through.
    const outline = (y: number) => (y < 140 ? 201 - 0.15 * y : 180 + 0.17 * (y - 140))
    // The second is a CT that ends, straight across.
    for (const depthAt of [
      (x: number, y: number) => Math.max(0, outline(y) - x),
      (_x: number, y: number) => Math.max(0, y - 70),
    ]) {
      const pixels = Float32Array.from({ length: width * height }, (_, n) => {
        const [x, y] = [n % width, Math.floor(n / width)]
        const attenuation = 0.9 * Math.sqrt(depthAt(x, y)) + 0.3 * Math.sin(x / 9)
        return Math.round(60000 * Math.exp(-Math.max(0, Math.min(7, attenuation))))
      })
      for (const boneBright of [false, true]) {
        const shown = boneBright ? pixels.map((value) => 60000 - value) : pixels
        expect(automaticMask(shown, width, height, boneBright).valid.includes(0)).toBe(false)
      }
    }
  })

  it('finds a black shutter on an X-ray whose bone is bright', () => {
    const insideBody = (x: number, y: number) => Math.hypot(x - 150, y - 140) < 100
    const pixels = radiograph(everywhere, true).map((value, index) =>
      insideBody(index % width, Math.floor(index / width)) ? value : 0,
    )
    const { keptOfField, leaked } = scores(automaticMask(pixels, width, height, true).valid, insideBody)
    expect([leaked, keptOfField > 0.93]).toEqual([0, true])
  })

  it('leaves out saturated metal and keeps what is around it', () => {
    const isScrew = (x: number, y: number) => Math.abs(x - 120) < 6 && Math.abs(y - 150) < 20
    const pixels = radiograph(everywhere).map((value, index) =>
      isScrew(index % width, Math.floor(index / width)) ? 0 : value,
    )
    const { valid } = automaticMask(pixels, width, height, false)
    expect(valid[150 * width + 120]).toBe(0)
    const left = valid.reduce((sum, value) => sum + 1 - value, 0)
    expect(left).toBeGreaterThanOrEqual(11 * 39)
    expect(left).toBeLessThanOrEqual(15 * 43)
  })

  it('keeps everything of an empty picture', () => {
    const { valid, notes } = automaticMask(new Float32Array(width * height), width, height, false)
    expect([valid.includes(0), notes]).toEqual([false, []])
  })
})

const wrist = realData('wrist-biplane', 'xrays')
describe.skipIf(wrist === null)('automaticMask on the wrist', () => {
  it.each([1, 2])('finds the round field of camera %i with all bones inside', async (camera) => {
    const {
      pixels,
      width: w,
      height: h,
    } = await readXray(`${wrist ?? ''}/xr_rad_uln_cam0${camera}_UND.0099.tif`)
    const { valid, notes } = automaticMask(pixels, w, h, false)
    expect(notes[0]).toContain('circular')
    const share = valid.reduce((sum, value) => sum + value, 0) / valid.length
    expect(share).toBeGreaterThan(0.73)
    expect(share).toBeLessThan(0.8)
    // The black surround reaches in nowhere: black valid pixels are beads and marks only.
    const black = valid.reduce((sum, value, index) => sum + (value === 1 && pixels[index] < 12 ? 1 : 0), 0)
    expect(black / valid.length).toBeLessThan(0.002)
    // Hand, wrist and forearm down to the lower border of the field.
    for (const y of [600, 900, 1200, 1500, 1690]) expect(valid[y * w + (camera === 1 ? 800 : 740)]).toBe(1)
  })
})
