import { describe, expect, it } from 'vitest'
import { centreMm } from '../geometry/grid.js'
import type { DisplayVolume } from './display-volume.js'
import { reduceVolume } from './reduce-volume.js'

const volume: DisplayVolume = {
  grid: {
    size: [4, 4, 2],
    spacingMm: [1, 2, 3],
    originMm: [10, 20, 30],
    direction: [
      [0, 1, 0],
      [1, 0, 0],
      [0, 0, -1],
    ],
  },
  voxels: Int16Array.from({ length: 32 }, (_, index) => index * 10),
}

describe('reduceVolume', () => {
  it('takes means of blocks and keeps the centre where it was', () => {
    const reduced = reduceVolume(volume, 2)
    expect(reduced.grid.size).toEqual([2, 2, 2])
    expect(reduced.grid.spacingMm).toEqual([2, 4, 3])
    expect(reduced.voxels[0]).toBe((0 + 10 + 40 + 50) / 4)
    expect(reduced.voxels[7]).toBe((260 + 270 + 300 + 310) / 4)
    expect(centreMm(reduced.grid)).toEqual(centreMm(volume.grid))
  })

  it('returns the same volume where nothing is too long', () => {
    expect(reduceVolume(volume, 4)).toBe(volume)
  })
})
