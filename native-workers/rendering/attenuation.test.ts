import { describe, expect, it } from 'vitest'
import { type Volume } from '../imaging/volume.js'
import { toAttenuation } from './attenuation.js'
import { centredGrid } from './testing/analytic-volumes.js'

const huOf = (values: readonly number[]): Volume => ({
  grid: centredGrid([values.length, 1, 1], [1, 1, 1]),
  voxels: Int16Array.from(values),
})
const convert = (values: readonly number[], model: 'mu' | 'density' | 'identity', boneMultiplier = 1) =>
  Array.from(toAttenuation(huOf(values), { model, boneMultiplier }).voxels)

describe('toAttenuation', () => {
  it('mu: nothing for air, water at 0 HU, rising without a jump to bone', () => {
    const [padding, air, lung, water, aboveWater, bone] = convert([-3024, -1000, -500, 0, 1, 1000], 'mu')
    expect([padding, air]).toEqual([0, 0])
    expect(water).toBeCloseTo(0.0192, 6)
    expect(lung).toBeCloseTo(0.0096, 6)
    expect(aboveWater - water).toBeGreaterThan(0)
    expect(aboveWater - water).toBeLessThan(1e-4)
    expect(bone).toBeCloseTo(0.0573, 6)
  })

  it('mu: the multiplier acts on what bone attenuates beyond water', () => {
    const [water, bone] = convert([0, 1000], 'mu', 2)
    expect(water).toBeCloseTo(0.0192, 6)
    expect(bone).toBeCloseTo(0.0192 + 2 * (0.0573 - 0.0192), 6)
  })

  it('density: air takes the least of soft tissue, bone is multiplied, the range becomes 0..1', () => {
    // Soft tissue -700..350, bone 700 * 3 = 2100: (v + 700) / 2800.
    expect(convert([-1000, -700, 0, 350, 700], 'density', 3)).toEqual(
      [0, 0, 700 / 2800, 1050 / 2800, 1].map(Math.fround),
    )
  })

  it('density of an even volume is 0, not NaN', () => {
    expect(convert([40, 40], 'density')).toEqual([0, 0])
  })

  it('identity: as they are', () => {
    expect(convert([-5, 0, 1234], 'identity')).toEqual([-5, 0, 1234])
  })
})
