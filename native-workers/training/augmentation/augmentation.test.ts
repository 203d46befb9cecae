import { describe, expect, it } from 'vitest'
import { randomStream } from '../random/random-stream.js'
import { augmentations, augmented } from './augment.js'
import { equalizeLocally } from './equalize.js'
import { changeGamma, illuminate, invert, normalizeRange, stretchContrast } from './intensity.js'
import { networkPreprocessing, writeNetworkInput } from './network-input.js'
import { collimate, erase } from './occlusion.js'
import { blur, changeSharpness } from './sharpness.js'

const [width, height] = [40, 28]
/** A bright disc on a ramp, in line integrals. */
const picture = Float32Array.from({ length: width * height }, (_, n) => {
  const [x, y] = [n % width, Math.floor(n / width)]
  return 2 + x / 20 + (Math.hypot(x - 18, y - 12) < 8 ? 3 : 0)
})
function unit(): Float32Array {
  const pixels = new Float32Array(picture)
  normalizeRange(pixels)
  return pixels
}
const mean = (pixels: ArrayLike<number>) => Array.from(pixels).reduce((sum, x) => sum + x, 0) / pixels.length
const variance = (pixels: ArrayLike<number>) => {
  const middle = mean(pixels)
  return mean(Array.from(pixels, (x) => (x - middle) ** 2))
}
const order = (pixels: ArrayLike<number>) =>
  Array.from(pixels, (_, n) => n).sort((a, b) => pixels[a] - pixels[b])
const expectUnit = (pixels: Float32Array) => {
  expect(Math.min(...pixels)).toBeGreaterThanOrEqual(0)
  expect(Math.max(...pixels)).toBeLessThanOrEqual(1)
}
const streams = Array.from({ length: 12 }, (_, n) => n)

describe('augmented', () => {
  it('with probability 0 is the normalised picture, and leaves the given one alone', () => {
    const before = new Float32Array(picture)
    expect(augmented(picture, width, height, 0, randomStream(1))).toEqual(unit())
    expect(picture).toEqual(before)
  })

  it('repeats itself for the same seed alone', () => {
    const of = (seed: number) => augmented(picture, width, height, 1, randomStream(seed))
    expect(of(3)).toEqual(of(3))
    expect(of(3)).not.toEqual(of(4))
    expect(of(3).every(Number.isFinite)).toBe(true)
  })

  it('survives pictures without contrast', () => {
    for (const seed of streams) {
      const even = augmented(new Float32Array(width * height), width, height, 1, randomStream(seed))
      expect(even.every(Number.isFinite)).toBe(true)
    }
  })

  it('has the specification’s list', () => {
    const names = augmentations.map(({ name }) => name)
    for (const name of ['clahe', 'gamma', 'blur', 'noise', 'sharpness', 'erasing', 'collimation'])
      expect(names).toContain(name)
  })
})

describe('changes of intensity', () => {
  it('gamma keeps the order, the ends and, within 0.7..1.8, the curve', () => {
    for (const seed of streams) {
      const pixels = unit()
      changeGamma(pixels, randomStream(seed))
      const gamma = randomStream(seed).uniform(0.7, 1.8)
      const expected = unit().map((x) => x ** gamma)
      for (const [n, value] of pixels.entries()) expect(Math.abs(value - expected[n])).toBeLessThan(2e-3)
      expect(pixels[order(unit())[0]]).toBe(0)
    }
  })

  it('contrast saturates at most a tenth of the pixels and keeps the order of the rest', () => {
    for (const seed of streams) {
      const pixels = unit()
      stretchContrast(pixels, randomStream(seed))
      expectUnit(pixels)
      const sorted = order(unit()).map((n) => pixels[n])
      for (let n = 1; n < sorted.length; n++) expect(sorted[n]).toBeGreaterThanOrEqual(sorted[n - 1])
      expect(pixels.filter((x) => x === 0 || x === 1).length).toBeLessThan(0.15 * pixels.length)
      expect(variance(pixels)).toBeGreaterThanOrEqual(0.99 * variance(unit()))
    }
  })

  it('inversion undoes itself', () => {
    const pixels = unit()
    invert(pixels)
    expect(mean(pixels)).toBeCloseTo(1 - mean(unit()), 5)
    invert(pixels)
    for (const [n, value] of unit().entries()) expect(pixels[n]).toBeCloseTo(value, 6)
  })

  it('illumination adds a plane of at most a fifth of the range', () => {
    const pixels = new Float32Array(width * height).fill(0.5)
    illuminate(pixels, width, height, randomStream(2))
    expect(Math.max(...pixels) - Math.min(...pixels)).toBeLessThanOrEqual(0.3)
    expect(Math.max(...pixels)).toBeGreaterThan(0.5)
    const second = (n: number) => pixels[n + 1] - 2 * pixels[n] + pixels[n - 1]
    for (let n = 1; n < width - 1; n++) expect(Math.abs(second(n))).toBeLessThan(1e-6)
  })

  it('local equalisation raises local contrast and stays in 0..1', () => {
    for (const seed of streams) {
      const pixels = unit()
      equalizeLocally(pixels, width, height, randomStream(seed))
      expectUnit(pixels)
      expect(pixels.every(Number.isFinite)).toBe(true)
    }
    // Columns of alternating brightness on a ramp: the difference between neighbours grows in every stream.
    const striped = Float32Array.from({ length: 64 * 64 }, (_, n) => 0.3 + (n % 64) / 640 + 0.05 * (n % 2))
    const contrast = (pixels: Float32Array) =>
      mean(pixels.map((value, n) => (n % 2 === 1 ? value - pixels[n - 1] : 0)))
    for (const seed of streams) {
      const equalized = new Float32Array(striped)
      equalizeLocally(equalized, 64, 64, randomStream(seed))
      expect(contrast(equalized)).toBeGreaterThan(1.1 * contrast(striped))
    }
  })
})

describe('changes of sharpness', () => {
  it('the blur keeps a constant, a ramp inside and about the mean, and smooths', () => {
    const even = new Float32Array(width * height).fill(0.25)
    blur(even, width, height)
    for (const value of even) expect(value).toBeCloseTo(0.25, 6)
    const pixels = unit()
    blur(pixels, width, height)
    expect(mean(pixels)).toBeCloseTo(mean(unit()), 2)
    expect(variance(pixels)).toBeLessThan(variance(unit()))
    const centre = 13 * width + 20
    const around = [-1, 0, 1].flatMap((dy) => [-1, 0, 1].map((dx) => unit()[centre + dy * width + dx]))
    expect(pixels[centre]).toBeCloseTo(mean(around), 6)
  })

  it('sharpness changes edges alone', () => {
    const pixels = unit()
    changeSharpness(pixels, width, height, randomStream(5))
    const inside = 12 * width + 18
    expect(pixels[inside]).toBeCloseTo(unit()[inside], 5)
    expect(pixels).not.toEqual(unit())
    expectUnit(pixels)
  })
})

describe('occlusions', () => {
  it('erasing fills one rectangle of 2..33 %', () => {
    for (const seed of streams) {
      const pixels = new Float32Array(width * height).fill(2)
      erase(pixels, width, height, randomStream(seed))
      const erased = pixels.filter((value) => value !== 2)
      expect(new Set(erased).size).toBe(1)
      expect(erased.length / pixels.length).toBeGreaterThan(0.015)
      expect(erased.length / pixels.length).toBeLessThan(0.35)
    }
  })

  it('collimation darkens at most ten pixels of each side', () => {
    for (const seed of streams) {
      const pixels = new Float32Array(width * height).fill(1)
      collimate(pixels, width, height, randomStream(seed))
      for (let row = 10; row < height - 10; row++)
        for (let column = 10; column < width - 10; column++) expect(pixels[row * width + column]).toBe(1)
      const lit = (length: number, at: (n: number) => number) =>
        Array.from({ length }, (_, n) => at(n)).filter((value) => value === 1).length
      const columns = lit(width, (n) => pixels[14 * width + n])
      const rows = lit(height, (n) => pixels[n * width + 20])
      expect(pixels.filter((value) => value === 1).length).toBe(columns * rows)
    }
  })
})

describe('writeNetworkInput', () => {
  it('spans 0..1 before it is shifted and scaled', () => {
    const input = new Float32Array(picture.length)
    writeNetworkInput(picture, input)
    const { mean: middle, std } = networkPreprocessing
    expect(Math.min(...input)).toBeCloseTo(-middle / std, 4)
    expect(Math.max(...input)).toBeCloseTo((1 - middle) / std, 4)
  })
})
