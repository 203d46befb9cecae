import { describe, expect, it } from 'vitest'
import { boundsMm } from '../../geometry/grid.js'
import { planeGrid, planes } from './plane.js'
import { resliceLabels } from './reslice-labels.js'

/** i runs to the patient's right, so that the picture turns it over. */
const grid = {
  size: [3, 2, 2],
  spacingMm: [1, 1, 4],
  originMm: [2, 0, 0],
  direction: [
    [-1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
} as const
const voxels = Uint8Array.from([1, 2, 3, 4, 5, 6, 11, 12, 13, 14, 15, 16])

describe('resliceLabels', () => {
  it('takes the nearest voxel and never mixes labels', () => {
    const plane = planeGrid(planes.axial, boundsMm(grid), 1, 100)
    const picture = new Uint16Array(plane.width * plane.height)
    resliceLabels(voxels, grid, planes.axial, plane, 1.9, picture)
    expect([...picture]).toEqual([3, 2, 1, 6, 5, 4])
    resliceLabels(voxels, grid, planes.axial, plane, 2.1, picture)
    expect([...picture]).toEqual([13, 12, 11, 16, 15, 14])
  })

  it('finds nothing outside of the volume', () => {
    const plane = planeGrid(planes.axial, boundsMm(grid), 1, 100)
    const picture = new Uint16Array(plane.width * plane.height).fill(9)
    resliceLabels(voxels, grid, planes.axial, plane, 7, picture)
    expect([...picture]).toEqual([0, 0, 0, 0, 0, 0])
  })
})
