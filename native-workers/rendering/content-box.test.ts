import { describe, expect, it } from 'vitest'
import { gridCentreMm } from '../imaging/volume.js'
import { contentBox } from './content-box.js'
import { centredGrid, obliqueGrid, sampledVolume } from './testing/analytic-volumes.js'

describe('contentBox', () => {
  it('reaches half a voxel beyond the outermost voxels that attenuate', () => {
    const grid = centredGrid([11, 11, 11], [2, 3, 4])
    const inside = ([x, y, z]: readonly number[]) => x >= -4 && x <= 2 && y === 3 && z >= 0 && z <= 8
    const { box, fill } = contentBox(sampledVolume(grid, (point) => (inside(point) ? 1 : 0)))
    const along = (axis: number) => box.corners.map((corner) => corner[axis])
    expect([Math.min(...along(0)), Math.max(...along(0))]).toEqual([-5, 3])
    expect([Math.min(...along(1)), Math.max(...along(1))]).toEqual([1.5, 4.5])
    expect([Math.min(...along(2)), Math.max(...along(2))]).toEqual([-2, 10])
    expect(box.centreMm).toEqual([-1, 3, 4])
    expect(fill).toBe(1)
  })

  it('tells how much of the box is filled', () => {
    const volume = sampledVolume(centredGrid([4, 4, 4], [1, 1, 1]), () => 0)
    volume.voxels[0] = 1
    volume.voxels[63] = 1
    expect(contentBox(volume).fill).toBeCloseTo(2 / 64, 12)
  })

  it('of an empty volume is its whole grid, unfilled', () => {
    const { box, fill } = contentBox(sampledVolume(obliqueGrid, () => 0))
    const centre = gridCentreMm(obliqueGrid)
    expect(fill).toBe(0)
    expect(Math.hypot(...box.centreMm.map((value, axis) => value - centre[axis]))).toBeLessThan(1e-9)
  })
})
