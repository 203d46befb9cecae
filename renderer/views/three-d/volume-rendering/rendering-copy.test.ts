import { describe, expect, it } from 'vitest'
import { reduceVolume } from '../../../data/reduce-volume.js'
import { byteOf, presetRange, volumePresetNames, volumePresets } from './presets.js'
import { asBytes, copySide } from './rendering-copy.js'

const direction = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
] as const

describe('the copy for volume rendering', () => {
  it('is whole where it fits', () => {
    expect(copySide([512, 400, 133], { longestSide: 2048, bytes: 2 ** 27 })).toBe(512)
  })

  it('is the largest that the texture size and the memory allow', () => {
    expect(copySide([512, 512, 3000], { longestSide: 2048, bytes: 2 ** 40 })).toBe(2048)
    const side = copySide([60, 50, 40], { longestSide: 2048, bytes: 20_000 })
    const volume = {
      grid: {
        size: [60, 50, 40] as const,
        spacingMm: [1, 1, 1] as const,
        originMm: [0, 0, 0] as const,
        direction,
      },
      voxels: new Int16Array(120_000),
    }
    const sizes = [side, side + 1].map((longest) => reduceVolume(volume, longest).voxels.length)
    expect(sizes[0]).toBeLessThanOrEqual(20_000)
    expect(sizes[1]).toBeGreaterThan(20_000)
  })

  it('holds the values of a range as bytes, to half a step', () => {
    const values = Int16Array.from([-3000, -600, 0, 123, 1003, 2600, 32767])
    const bytes = asBytes(values, [-600, 2600])
    expect([...bytes]).toEqual([0, 0, 48, 58, 128, 255, 255])
    for (const [n, value] of [0, 123, 1003].entries()) {
      expect(Math.abs((bytes[n + 2] ?? 0) - byteOf(value, [-600, 2600]))).toBeLessThanOrEqual(0.5)
    }
  })
})

describe('the presets', () => {
  it.each(volumePresetNames)('%s ascends, within 0 to 1 and within its range', (name) => {
    const preset = volumePresets[name]
    const [low, high] = presetRange(preset)
    for (const points of [preset.opacity, preset.colours]) {
      const values = points.map(([value]) => value)
      expect([...values].sort((a, b) => a - b)).toEqual(values)
      expect(Math.min(...values)).toBeGreaterThan(low)
      expect(Math.max(...values)).toBeLessThan(high)
    }
    expect(preset.opacity.every(([, opacity]) => opacity >= 0 && opacity <= 1)).toBe(true)
    // Finer than a tissue's noise.
    expect((high - low) / 255).toBeLessThan(15)
  })
})
