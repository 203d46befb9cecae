import { describe, expect, it } from 'vitest'
import { type VolumeGrid } from '../../contract/operations/volume.js'
import { gridCentreMm, lpsFromIndex, type Volume } from '../volume.js'
import { halve } from './halve.js'
import { resampleIsotropic } from './isotropic.js'

const cosine = Math.cos(0.4)
const sine = Math.sin(0.4)

function gridOf(size: [number, number, number], spacingMm: [number, number, number]): VolumeGrid {
  return {
    size,
    spacingMm,
    originMm: [-12.5, 40, 7],
    direction: [
      [cosine, -sine, 0],
      [sine, cosine, 0],
      [0, 0, 1],
    ],
  }
}

/** Voxel value = a linear function of the position in millimetres. */
function ramp(grid: VolumeGrid): Volume<Float32Array> {
  const affine = lpsFromIndex(grid)
  const voxels = new Float32Array(grid.size[0] * grid.size[1] * grid.size[2])
  let index = 0
  for (let k = 0; k < grid.size[2]; k++)
    for (let j = 0; j < grid.size[1]; j++)
      for (let i = 0; i < grid.size[0]; i++) voxels[index++] = valueAt(affine, i, j, k)
  return { grid, voxels }
}

function valueAt(affine: ReturnType<typeof lpsFromIndex>, i: number, j: number, k: number): number {
  const [x, y, z] = affine.slice(0, 3).map((row) => row[0] * i + row[1] * j + row[2] * k + row[3])
  return 3 * x - 2 * y + 0.5 * z + 11
}

/** Largest departure from the ramp, leaving `margin` voxels out at every face. */
function largestRampError({ grid, voxels }: Volume, margin: number): number {
  const affine = lpsFromIndex(grid)
  const [nx, ny, nz] = grid.size
  let largest = 0
  for (let k = margin; k < nz - margin; k++)
    for (let j = margin; j < ny - margin; j++)
      for (let i = margin; i < nx - margin; i++)
        largest = Math.max(largest, Math.abs(voxels[i + nx * (j + ny * k)] - valueAt(affine, i, j, k)))
  return largest
}

describe('resampleIsotropic', () => {
  it.each([
    ['coarser', 2.3],
    ['finer', 0.4],
    ['finer along one axis only', 1],
  ])('keeps a linear ramp in millimetres when %s', (_, spacingMm) => {
    const resampled = resampleIsotropic(ramp(gridOf([24, 21, 17], [0.8, 0.9, 2.5])), spacingMm)
    expect(resampled.grid.spacingMm).toEqual([spacingMm, spacingMm, spacingMm])
    const margin = Math.ceil(2.5 / spacingMm) + 1
    expect(Math.min(...resampled.grid.size)).toBeGreaterThan(2 * margin)
    expect(largestRampError(resampled, margin)).toBeLessThan(1e-4)
  })

  it('keeps a constant and the centre of the volume', () => {
    const grid = gridOf([10, 7, 5], [0.7, 1.1, 3])
    const constant: Volume = { grid, voxels: new Int16Array(350).fill(-321) }
    for (const spacingMm of [0.5, 1.4, 4]) {
      const resampled = resampleIsotropic(constant, spacingMm)
      expect(new Set(resampled.voxels)).toEqual(new Set([-321]))
      const [before, after] = [gridCentreMm(grid), gridCentreMm(resampled.grid)]
      expect(Math.hypot(...before.map((value, axis) => value - after[axis]))).toBeLessThan(1e-9)
    }
  })

  it('averages away what the coarser grid cannot show', () => {
    const grid = gridOf([64, 4, 4], [1, 1, 1])
    const stripes: Volume = {
      grid,
      voxels: Int16Array.from({ length: 1024 }, (_, index) => (index % 2) * 1000),
    }
    const { voxels, grid: coarse } = resampleIsotropic(stripes, 4)
    expect(Math.abs(voxels[Math.floor(coarse.size[0] / 2)] - 500)).toBeLessThan(1)
  })
})

describe('halve', () => {
  it('keeps a linear ramp in millimetres, odd sizes included', () => {
    const halved = halve(ramp(gridOf([9, 8, 7], [0.8, 0.9, 2.5])))
    expect(halved.grid.size).toEqual([5, 4, 4])
    expect(halved.grid.spacingMm).toEqual([1.6, 1.8, 5])
    expect(largestRampError(halved, 1)).toBeLessThan(1e-4)
  })

  it('is the mean of two voxels along each axis', () => {
    const grid = gridOf([2, 2, 2], [1, 1, 1])
    const halved = halve({ grid, voxels: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 100) })
    expect([...halved.voxels]).toEqual([16])
  })

  it('leaves an axis of one voxel alone', () => {
    const halved = halve({ grid: gridOf([4, 1, 1], [1, 2, 3]), voxels: Int16Array.of(0, 2, 4, 8) })
    expect([...halved.voxels]).toEqual([1, 6])
    expect(halved.grid.spacingMm).toEqual([2, 2, 3])
  })
})
