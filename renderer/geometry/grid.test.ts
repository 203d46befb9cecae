import { describe, expect, it } from 'vitest'
import type { VolumeGrid } from '../../native-workers/contract/operations/volume.js'
import { boundsMm, centreMm, indexFromVolume, stepAlongMm, volumeFromIndex } from './grid.js'
import { identity4, largestDifference, multiply4, transformPoint } from './math.js'

const grid: VolumeGrid = {
  size: [11, 21, 5],
  spacingMm: [2, 1, 4],
  originMm: [100, -50, 7],
  // i runs to posterior, j to the right, k to superior
  direction: [
    [0, -1, 0],
    [1, 0, 0],
    [0, 0, 1],
  ],
}

describe('a volume grid', () => {
  it('goes from index to millimetres and back', () => {
    expect(transformPoint(volumeFromIndex(grid), [1, 2, 3])).toEqual([98, -48, 19])
    expect(
      largestDifference(multiply4(indexFromVolume(grid), volumeFromIndex(grid)), identity4),
    ).toBeLessThan(1e-12)
  })

  it('has its centre and bounds in LPS', () => {
    expect(centreMm(grid)).toEqual([90, -40, 15])
    expect(boundsMm(grid)).toEqual({ minMm: [80, -50, 7], maxMm: [100, -30, 23] })
  })

  it('steps by the spacing of the axis that lies along the normal', () => {
    expect(stepAlongMm(grid, [0, 1, 0])).toBe(2)
    expect(stepAlongMm(grid, [1, 0, 0])).toBe(1)
    expect(stepAlongMm(grid, [0, 0, 1])).toBe(4)
  })
})
