import { describe, expect, it } from 'vitest'
import { type VolumeGrid } from '../../contract/operations/volume.js'
import { lpsFromIndex } from '../../imaging/volume.js'
import { transformPoint } from '../../geometry/matrix.js'
import { obliqueGrid } from '../../rendering/testing/analytic-volumes.js'
import { labelCoverage } from './label-coverage.js'

const [nx, ny, nz] = obliqueGrid.size
/** Label 3 in a box, label 7 in another, label 9 beside them. */
const labels = new Uint8Array(nx * ny * nz)
for (let k = 8; k < 30; k++)
  for (let j = 10; j < 40; j++)
    for (let i = 6; i < 40; i++) labels[i + nx * (j + ny * k)] = i < 20 ? 3 : i < 30 ? 7 : 9

function centroidOf(grid: VolumeGrid, weight: (n: number) => number): number[] {
  const [mx, my, mz] = grid.size
  let total = 0
  const sum = [0, 0, 0]
  for (let n = 0; n < mx * my * mz; n++) {
    const w = weight(n)
    if (w === 0) continue
    const point = transformPoint(lpsFromIndex(grid), [
      n % mx,
      Math.floor(n / mx) % my,
      Math.floor(n / (mx * my)),
    ])
    total += w
    for (let axis = 0; axis < 3; axis++) sum[axis] += w * point[axis]
  }
  return sum.map((value) => value / total)
}

describe('labelCoverage', () => {
  const map = { labels, structures: [3, 7], issues: [] }
  const { union, structures } = labelCoverage(map, obliqueGrid, 4, true)

  it('keeps the volume and the place of every structure, and leaves others out', () => {
    const voxelMm3 = (spacing: readonly number[]) => spacing[0] * spacing[1] * spacing[2]
    for (const { label, share } of structures) {
      const inside = labels.filter((value) => value === label).length * voxelMm3(obliqueGrid.spacingMm)
      const covered = share.voxels.reduce((sum, value) => sum + value, 0) * voxelMm3(share.grid.spacingMm)
      expect(covered / inside).toBeGreaterThan(0.9)
      expect(covered / inside).toBeLessThan(1.1)
      const there = centroidOf(share.grid, (n) => share.voxels[n])
      const expected = centroidOf(obliqueGrid, (n) => (labels[n] === label ? 1 : 0))
      expect(Math.hypot(...there.map((value, axis) => value - expected[axis]))).toBeLessThan(0.7)
    }
    expect(structures.map(({ label }) => label)).toEqual([3, 7])
  })

  it('has shares of 0..1 whose sum is the union', () => {
    for (const [n, value] of union.voxels.entries()) {
      expect(value).toBeGreaterThanOrEqual(0)
      expect(value).toBeLessThanOrEqual(1 + 1e-6)
      expect(value).toBeCloseTo(structures[0].share.voxels[n] + structures[1].share.voxels[n], 5)
    }
    expect(Math.max(...union.voxels)).toBeCloseTo(1, 5)
  })

  it('is no finer than the map’s coarsest axis, and gives the union alone where that is asked for', () => {
    const coarse = labelCoverage(map, obliqueGrid, 1, false)
    expect(coarse.union.grid.spacingMm[0]).toBe(2.4)
    expect(coarse.structures).toEqual([])
  })
})
