import { describe, expect, it } from 'vitest'
import { resampleIsotropic } from '../imaging/resample/isotropic.js'
import { type Volume } from '../imaging/volume.js'
import { attenuationParts, combineParts, waterAttenuation } from './attenuation-parts.js'
import { toAttenuation } from './attenuation.js'
import { centredGrid } from './testing/analytic-volumes.js'

const huOf = (values: readonly number[]): Volume => ({
  grid: centredGrid([values.length, 1, 1], [1, 1, 1]),
  voxels: Int16Array.from(values),
})
const body = [-3024, -1000, -900, -700, -40, 0, 1, 350, 351, 700, 1800]

describe('attenuationParts', () => {
  it.each([
    ['a body', body],
    ['air alone', [-1000, -1000]],
    ['no air', [-50, 20, 900]],
    ['soft tissue alone', [-50, 20, 40]],
    ['bone alone', [400, 900]],
    ['air and bone', [-1000, 400, 900]],
    ['an even volume', [40, 40]],
  ])('combined they equal the conversion at every multiplier: %s', (_, values) => {
    for (const model of ['mu', 'density', 'identity'] as const) {
      const parts = attenuationParts(huOf(values), model)
      for (const boneMultiplier of [0, 0.5, 1, 3.7, 10]) {
        const expected = toAttenuation(huOf(values), { model, boneMultiplier }).voxels
        const actual = combineParts(parts, boneMultiplier).voxels
        for (const [n, value] of expected.entries())
          expect(Math.abs(actual[n] - value)).toBeLessThan(1e-6 * Math.max(1, Math.abs(value)))
      }
    }
  })

  it('resampled before they are combined equal the resampled conversion', () => {
    const grid = centredGrid([9, 8, 7], [1, 1, 2])
    const voxels = Int16Array.from({ length: 9 * 8 * 7 }, (_, n) => body[(n * 7) % body.length])
    const resample = (volume: Volume) => resampleIsotropic(volume, 2)
    for (const model of ['mu', 'density', 'identity'] as const) {
      const parts = attenuationParts({ grid, voxels }, model, resample)
      const expected = resample(toAttenuation({ grid, voxels }, { model, boneMultiplier: 4 }))
      const actual = combineParts(parts, 4)
      expect(actual.grid).toEqual(expected.grid)
      for (const [n, value] of expected.voxels.entries())
        expect(Math.abs(actual.voxels[n] - value)).toBeLessThan(1e-5 * Math.max(1, Math.abs(value)))
    }
  })

  it('knows what water attenuates', () => {
    const water = (model: 'mu' | 'density' | 'identity') =>
      waterAttenuation(attenuationParts(huOf(body), model), 2)
    expect(water('mu')).toBeCloseTo(0.0192, 9)
    expect(water('density')).toBeCloseTo(700 / (3600 + 700), 9)
    expect(water('identity')).toBe(0)
  })
})
