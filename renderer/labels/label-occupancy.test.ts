import { describe, expect, it } from 'vitest'
import { boneSurface } from '../data/bone-surface.js'
import { fullBlock, labelOccupancy } from './label-occupancy.js'

const grid = {
  size: [40, 40, 20],
  spacingMm: [1, 1, 2],
  originMm: [-5, 10, 100],
  direction: [
    [1, 0, 0],
    [0, -1, 0],
    [0, 0, 1],
  ],
} as const

/** A ball of radius 10 mm about voxel (20, 20, 10), as label 7 within label 1. */
function ball(): Uint8Array {
  const voxels = new Uint8Array(40 * 40 * 20).fill(1)
  for (let k = 0; k < 20; k++) {
    for (let j = 0; j < 40; j++) {
      for (let i = 0; i < 40; i++) {
        if (Math.hypot(i - 20, j - 20, 2 * (k - 10)) <= 10) voxels[(k * 40 + j) * 40 + i] = 7
      }
    }
  }
  return voxels
}
const box = { first: [10, 10, 5], last: [30, 30, 15] } as const

describe('labelOccupancy', () => {
  it.each([100, 12])('gives a closed surface at its place, of at most %i blocks a side', (longestSide) => {
    const occupancy = labelOccupancy(ball(), grid, { label: 7, box }, longestSide)
    expect(Math.max(...occupancy.grid.size)).toBeLessThanOrEqual(longestSide + 4)
    const { points } = boneSurface(occupancy, fullBlock / 2)
    const radii = Array.from({ length: points.length / 3 }, (_, index) => {
      const [x, y, z] = points.subarray(3 * index, 3 * index + 3)
      return Math.hypot((x ?? NaN) - 15, (y ?? NaN) + 10, (z ?? NaN) - 120)
    })
    expect(radii.length).toBeGreaterThan(100)
    const meanRadius = radii.reduce((sum, radius) => sum + radius, 0) / radii.length
    expect(Math.abs(meanRadius - 10)).toBeLessThan(0.6)
    expect(Math.max(...radii)).toBeLessThan(11.5)
    expect(Math.min(...radii)).toBeGreaterThan(8)
  })
})
