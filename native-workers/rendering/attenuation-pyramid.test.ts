import { describe, expect, it } from 'vitest'
import { gridCentreMm, type Volume } from '../imaging/volume.js'
import { attenuationPyramid, bodyCaps, registrationSpacingMm } from './attenuation-pyramid.js'
import { blobVolume, centredGrid, obliqueGrid, sampledVolume } from './testing/analytic-volumes.js'

/** All attenuation times the voxel's volume. */
function massOf({ grid, voxels }: Volume<Float32Array>): number {
  const [x, y, z] = grid.spacingMm
  return voxels.reduce((sum, value) => sum + value, 0) * x * y * z
}

describe('attenuationPyramid', () => {
  const levels = attenuationPyramid(blobVolume(obliqueGrid))

  it('has cubes at the finest spacing and halves from level to level', () => {
    expect(levels.map(({ grid }) => grid.spacingMm)).toEqual([
      [1.8, 1.8, 1.8],
      [3.6, 3.6, 3.6],
      [7.2, 7.2, 7.2],
    ])
  })

  it('keeps what is attenuated and where', () => {
    const mass = massOf(blobVolume(obliqueGrid))
    for (const level of levels) {
      expect(massOf(level) / mass).toBeCloseTo(1, 2)
      expect(level.grid.direction).toEqual(obliqueGrid.direction)
    }
    const [x, y, z] = gridCentreMm(levels[0].grid)
    const [cx, cy, cz] = gridCentreMm(obliqueGrid)
    expect(Math.hypot(x - cx, y - cy, z - cz)).toBeLessThan(1e-9)
  })

  it('takes larger cubes where the finest spacing would give too many', () => {
    const grid = { ...centredGrid([1000, 1000, 500], [0.5, 0.5, 1]) }
    expect(registrationSpacingMm(grid)).toBeCloseTo(Math.cbrt(500 * 500 * 500) / 256, 6)
    expect(registrationSpacingMm(obliqueGrid)).toBe(1.8)
  })
})

describe('bodyCaps', () => {
  const grid = centredGrid([20, 20, 30], [2, 2, 2])
  const within = (low: number, high: number) =>
    sampledVolume(grid, ([x, y, z]) => (Math.hypot(x, y) < 15 && z >= low && z <= high ? 0.02 : 0))

  it.each([
    ['ends inside at both ends', -20, 20, 0],
    ['goes on below', -40, 20, 1],
    ['goes on above', -20, 40, 2],
    ['goes on at both ends', -40, 40, 3],
  ])('of a body that %s', (_, low, high, ends) => {
    expect(bodyCaps(within(low, high))).toEqual({ axis: 2, ends })
  })

  it('finds the long axis of a volume whose slices are not its third index axis', () => {
    const turned = {
      ...grid,
      direction: [
        [0, 1, 0],
        [0, 0, 1],
        [1, 0, 0],
      ] as const,
    }
    expect(bodyCaps(sampledVolume(turned, () => 0.02)).axis).toBe(0)
  })

  it('of nothing at all', () => {
    expect(bodyCaps(sampledVolume(grid, () => 0)).ends).toBe(0)
  })
})
