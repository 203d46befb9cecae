import { describe, expect, it } from 'vitest'
import type { DisplayVolume } from '../../data/display-volume.js'
import { boundsMm } from '../../geometry/grid.js'
import { planeGrid, planes } from './plane.js'
import { outsideValue, reslice } from './reslice.js'

/** Voxel values are a linear function of LPS, so that trilinear sampling must reproduce it: L + 10 P + 100 S. */
const volume: DisplayVolume = (() => {
  const size = [5, 4, 3] as const
  const voxels = new Int16Array(60)
  for (let k = 0; k < 3; k++) {
    for (let j = 0; j < 4; j++) {
      for (let i = 0; i < 5; i++) {
        // i runs to the right at 2 mm, j to posterior at 1 mm, k to superior at 3 mm
        voxels[(k * 4 + j) * 5 + i] = 20 - 2 * i + 10 * j + 100 * (3 * k)
      }
    }
  }
  const direction = [
    [-1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ] as const
  return { grid: { size, spacingMm: [2, 1, 3], originMm: [20, 0, 0], direction }, voxels }
})()

describe('reslice', () => {
  it('shows the patient’s right on the left of an axial plane', () => {
    const grid = planeGrid(planes.axial, boundsMm(volume.grid), 1, 1000)
    expect(grid).toMatchObject({ width: 9, height: 4, stepMm: 1 })
    const picture = reslice(volume, planes.axial, grid, 3)
    expect(picture[0]).toBe(12 + 300)
    expect(picture[8]).toBe(20 + 300)
    expect(picture[9]).toBe(12 + 10 + 300)
  })

  it('puts superior on top of sagittal and coronal planes', () => {
    for (const name of ['sagittal', 'coronal'] as const) {
      const plane = planes[name]
      const grid = planeGrid(plane, boundsMm(volume.grid), 1, 1000)
      const picture = reslice(volume, plane, grid, name === 'sagittal' ? 16 : 2)
      const last = (grid.height - 1) * grid.width
      expect((picture[0] ?? 0) - (picture[last] ?? 0)).toBe(600)
    }
  })

  it('marks what lies outside the volume', () => {
    const grid = planeGrid(planes.axial, boundsMm(volume.grid), 1, 1000)
    expect(reslice(volume, planes.axial, grid, 9)).toEqual(new Int16Array(36).fill(outsideValue))
  })

  it('gives the same along the volume’s axes as on a volume that is tilted by next to nothing', () => {
    const noisy = volume.voxels.map((value, index) => value + ((index * 7919) % 53))
    const straight = { ...volume, voxels: noisy }
    const tilt = 1e-7
    const direction = [
      [-1, tilt, tilt],
      [tilt, 1, tilt],
      [tilt, -tilt, 1],
    ] as const
    const tilted = { grid: { ...volume.grid, direction }, voxels: noisy }
    for (const plane of Object.values(planes)) {
      const grid = planeGrid(plane, boundsMm(volume.grid), 0.37, 1000)
      const positionMm = boundsMm(volume.grid).minMm[plane.axis] + 1.3
      const expected = reslice(tilted, plane, grid, positionMm)
      const picture = reslice(straight, plane, grid, positionMm)
      const differing = picture.filter((value, at) => Math.abs(value - (expected[at] ?? NaN)) > 1)
      expect(picture).toHaveLength(grid.width * grid.height)
      expect([...differing]).toEqual([])
    }
  })

  it('uses coarser pixels rather than too many', () => {
    expect(planeGrid(planes.axial, boundsMm(volume.grid), 0.001, 5)).toMatchObject({ width: 5, stepMm: 2 })
  })
})
