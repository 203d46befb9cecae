import { describe, expect, it } from 'vitest'
import { contentBox } from './content-box.js'
import { centredGrid, obliqueGrid, sampledVolume } from './testing/analytic-volumes.js'

describe('contentBox', () => {
  it('reaches half a voxel beyond the outermost voxels that attenuate', () => {
    const grid = centredGrid([11, 11, 11], [2, 3, 4])
    const inside = ([x, y, z]: readonly number[]) => x >= -4 && x <= 2 && y === 3 && z >= 0 && z <= 8
    const box = contentBox(sampledVolume(grid, (point) => (inside(point) ? 1 : 0)))
    if (box === null) throw new Error('The volume is not empty.')
    const along = (axis: number) => box.corners.map((corner) => corner[axis])
    expect([Math.min(...along(0)), Math.max(...along(0))]).toEqual([-5, 3])
    expect([Math.min(...along(1)), Math.max(...along(1))]).toEqual([1.5, 4.5])
    expect([Math.min(...along(2)), Math.max(...along(2))]).toEqual([-2, 10])
    expect(box.centreMm).toEqual([-1, 3, 4])
  })

  it('of an empty volume is null', () => {
    expect(contentBox(sampledVolume(obliqueGrid, () => 0))).toBeNull()
  })
})
