import { describe, expect, it } from 'vitest'
import { areaResample, cropPicture, type GreyPicture } from './area-resample.js'

function ramp(width: number, height: number): GreyPicture {
  return {
    width,
    height,
    pixels: Float32Array.from(
      { length: width * height },
      (_, n) => 2 * (n % width) - 3 * Math.floor(n / width),
    ),
    valid: new Uint8Array(width * height).fill(1),
  }
}

describe('areaResample', () => {
  it('keeps the mean and samples a ramp at the new pixel centres, for ratios that are not whole', () => {
    const source = ramp(10, 7)
    const { pixels, valid } = areaResample(source, 4, 3)
    const mean = (values: Float32Array) => values.reduce((sum, value) => sum + value, 0) / values.length
    expect(mean(pixels)).toBeCloseTo(mean(source.pixels), 4)
    expect(valid.every((value) => value === 1)).toBe(true)
    for (let y = 0; y < 3; y++) {
      for (let x = 0; x < 4; x++) {
        // A new pixel's area mean of a ramp is the ramp at the mean of the old centres it covers.
        const u = ((x + 0.5) * 10) / 4 - 0.5
        const v = ((y + 0.5) * 7) / 3 - 0.5
        expect(Math.abs(pixels[y * 4 + x] - (2 * u - 3 * v))).toBeLessThan(0.6)
      }
    }
  })

  it('a pixel that is not valid spoils the new pixels over it and nothing else, and its value never counts', () => {
    const source = ramp(8, 8)
    source.pixels[9] = 1e6
    source.valid[9] = 0
    const { pixels, valid } = areaResample(source, 4, 4)
    expect([...valid].filter((value) => value === 0)).toHaveLength(1)
    expect(valid[0]).toBe(0)
    expect(Math.max(...pixels)).toBeLessThan(100)
  })

  it('crop takes the part', () => {
    const part = cropPicture(ramp(6, 5), 2, 1, 3, 2)
    expect([...part.pixels]).toEqual([1, 3, 5, -2, 0, 2])
  })
})
