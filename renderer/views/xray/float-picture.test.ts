import { describe, expect, it } from 'vitest'
import {
  gradientMagnitude,
  matchedTo,
  percentileRange,
  reducePicture,
  resizeByMeans,
  type FloatPicture,
} from './float-picture.js'

const picture = (width: number, height: number, value: (u: number, v: number) => number): FloatPicture => ({
  width,
  height,
  pixels: Float32Array.from({ length: width * height }, (_, i) => value(i % width, Math.floor(i / width))),
  valid: null,
})

describe('float pictures', () => {
  it('are reduced by means, and a masked pixel masks its block', () => {
    const full = picture(4, 2, (u, v) => u + 10 * v)
    const valid = new Uint8Array(8).fill(1)
    valid[7] = 0
    const reduced = reducePicture({ ...full, valid }, 2)
    expect(reduced.width).toBe(2)
    expect([...reduced.pixels]).toEqual([5.5, 7.5])
    expect([...(reduced.valid ?? [])]).toEqual([1, 0])
  })

  it('keep their mean at any smaller size', () => {
    const ramp = picture(9, 6, (u) => u)
    const small = resizeByMeans(ramp, 3, 2)
    expect([...small.pixels]).toEqual([1, 4, 7, 1, 4, 7])
  })

  it('leave masked pixels out of their range', () => {
    const ramp = picture(100, 1, (u) => u)
    const valid = Uint8Array.from({ length: 100 }, (_, i) => (i < 50 ? 1 : 0))
    expect(percentileRange({ ...ramp, valid }, 0, 1)).toEqual({ low: 0, high: 49 })
  })

  it('are matched to another picture by a straight line', () => {
    const target = picture(8, 8, (u, v) => 0.2 + 0.05 * u + 0.01 * v)
    const source = { ...target, pixels: target.pixels.map((value) => 300 * value - 40) }
    const matched = matchedTo(source, target)
    matched.pixels.forEach((value, i) => {
      expect(value).toBeCloseTo(target.pixels[i] ?? NaN, 4)
    })
  })

  it('have edges where they change and none where they do not', () => {
    const step = picture(9, 9, (u) => (u < 4 ? 0 : 1))
    const edges = gradientMagnitude(step)
    expect(edges[4 * 9 + 4]).toBe(4)
    expect(edges[4 * 9 + 7]).toBe(0)
  })
})
