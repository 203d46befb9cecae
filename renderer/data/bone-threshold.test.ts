import { describe, expect, it } from 'vitest'
import type { DisplayVolume } from './display-volume.js'
import { suggestBoneThreshold } from './bone-threshold.js'

const volume = (values: readonly number[]): DisplayVolume => ({
  grid: {
    size: [values.length, 1, 1],
    spacingMm: [1, 1, 1],
    originMm: [0, 0, 0],
    direction: [
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ],
  },
  voxels: Int16Array.from(values),
})

describe('suggestBoneThreshold', () => {
  it('is 200 HU for a CT', () => {
    expect(suggestBoneThreshold(volume([-1000, -990, 40, 60, 300, 1200]))).toBe(200)
  })

  it('lies inside the values of a volume that is zero outside the bone', () => {
    const threshold = suggestBoneThreshold(volume([0, 0, 0, 0, 1200, 1300, 1500, 2400]))
    expect(threshold).toBeGreaterThan(1200)
    expect(threshold).toBeLessThan(2400)
  })
})
