import { describe, expect, it } from 'vitest'
import { nearSilhouette, squaredDistances } from './silhouette-mask.js'

describe('squaredDistances', () => {
  it('equals the brute-force minimum', () => {
    const [width, height] = [13, 9]
    const seeds = [5, 30, 31, 77, 116]
    const distances = squaredDistances(width, height, (n) => seeds.includes(n))
    for (let n = 0; n < width * height; n++) {
      const nearest = Math.min(
        ...seeds.map(
          (s) => ((n % width) - (s % width)) ** 2 + (Math.floor(n / width) - Math.floor(s / width)) ** 2,
        ),
      )
      expect(distances[n]).toBe(nearest)
    }
  })
})

describe('nearSilhouette', () => {
  it('keeps valid pixels within the margin of the shadow only', () => {
    const picture = {
      width: 7,
      height: 1,
      pixels: new Float32Array(7),
      valid: Uint8Array.from([1, 1, 1, 1, 0, 1, 1]),
    }
    const drr = Float32Array.from([0, 0, 0.001, 1, 0, 0, 0])
    expect([...nearSilhouette(picture, drr, 2).valid]).toEqual([0, 1, 1, 1, 0, 1, 0])
  })
})
