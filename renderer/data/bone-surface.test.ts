import { describe, expect, it } from 'vitest'
import { boneSurface } from './bone-surface.js'
import type { DisplayVolume } from './display-volume.js'

/** A ball of radius 8 mm about (50, -20, 7) on a grid whose axes are permuted and turned over. */
function ball(): DisplayVolume {
  const size = [21, 21, 21] as const
  const voxels = new Int16Array(21 ** 3)
  for (let k = 0; k < 21; k++) {
    for (let j = 0; j < 21; j++) {
      for (let i = 0; i < 21; i++) {
        const distance = Math.hypot(i - 10, j - 10, (k - 10) * 2)
        voxels[(k * 21 + j) * 21 + i] = Math.round((8 - distance) * 100)
      }
    }
  }
  const direction = [
    [0, 1, 0],
    [-1, 0, 0],
    [0, 0, -1],
  ] as const
  return { grid: { size, spacingMm: [1, 1, 2], originMm: [40, -10, 27], direction }, voxels }
}

describe('boneSurface', () => {
  const surface = boneSurface(ball(), 0)
  const centre = [50, -20, 7] as const

  it('lies on the ball in LPS millimetres', () => {
    expect(surface.points.length).toBeGreaterThan(300)
    for (let i = 0; i < surface.points.length; i += 3) {
      const [x, y, z] = surface.points.subarray(i, i + 3)
      const radius = Math.hypot((x ?? NaN) - centre[0], (y ?? NaN) - centre[1], (z ?? NaN) - centre[2])
      expect(Math.abs(radius - 8)).toBeLessThan(0.2)
    }
  })

  it('has normals that point outwards', () => {
    for (let i = 0; i < surface.points.length; i += 3) {
      const outward = [0, 1, 2].reduce(
        (sum, axis) =>
          sum +
          ((surface.points[i + axis] ?? NaN) - (centre[axis] ?? NaN)) * (surface.normals[i + axis] ?? NaN),
        0,
      )
      expect(outward / 8).toBeGreaterThan(0.9)
    }
  })

  it('shares its vertices between triangles', () => {
    const triangles = surface.polygons.length / 4
    expect(surface.points.length / 3).toBeLessThan(triangles)
  })
})
