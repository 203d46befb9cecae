import { describe, expect, it } from 'vitest'
import { type Vector3 } from '../../contract/matrix.js'
import { type VolumeGrid } from '../../contract/operations/volume.js'
import { add, distance, norm, transformPoint } from '../../geometry/matrix.js'
import { rotationFromVector } from '../../geometry/rigid.js'
import { gridCentreMm, lpsFromIndex } from '../volume.js'
import { targetGrid } from './target-grid.js'

const exactly = (value: number) => value
const oblique: VolumeGrid = {
  size: [200, 180, 41],
  spacingMm: [0.7, 0.7, 2.5],
  originMm: [-123.4567, 87.1, -1411.03],
  direction: rotationFromVector([0.3, -0.2, 0.9]),
}

describe('targetGrid', () => {
  it("is the grid of 3D Slicer's Resample Scalar Volume: the first voxel's centre, the axes, rounded counts", () => {
    const { grid, firstIndex, ratio } = targetGrid(oblique, {
      spacingMm: 1,
      keep: 'first-voxel',
      center: false,
      asStored: exactly,
    })
    // floor(n * spacing / 1 + 0.5)
    expect(grid.size).toEqual([140, 126, 103])
    expect(grid.spacingMm).toEqual([1, 1, 1])
    expect(grid.originMm).toEqual(oblique.originMm)
    expect(grid.direction).toEqual(oblique.direction)
    expect(norm(firstIndex)).toBeLessThan(1e-9)
    expect(ratio).toEqual([1 / 0.7, 1 / 0.7, 0.4])
  })

  it('keeps the outer faces with "extent": whole voxels about the same middle', () => {
    const { grid, insideSize } = targetGrid(oblique, {
      spacingMm: 1.3,
      keep: 'extent',
      center: true,
      asStored: exactly,
    })
    // ceil(n * spacing / 1.3)
    expect(grid.size).toEqual([108, 97, 79])
    expect(norm(gridCentreMm(grid))).toBeLessThan(1e-9)
    expect(insideSize).toEqual(grid.size)
  })

  it.each(['first-voxel', 'extent'] as const)(
    'places every voxel to 1e-6 mm, oblique, centred, in numbers that float32 holds (%s)',
    (keep) => {
      const settings = { spacingMm: 0.9, keep, center: true } as const
      const target = targetGrid(oblique, { ...settings, asStored: Math.fround })
      const { grid, shiftMm, firstIndex, ratio } = target
      expect(grid.originMm.map(Math.fround)).toEqual(grid.originMm)
      expect(grid.spacingMm.map(Math.fround)).toEqual(grid.spacingMm)
      const [oldLps, newLps] = [lpsFromIndex(oblique), lpsFromIndex(grid)]
      const corners: readonly Vector3[] = [
        [0, 0, 0],
        [grid.size[0] - 1, 0, 7],
        [3, grid.size[1] - 1, grid.size[2] - 1],
      ]
      for (const [i, j, k] of corners) {
        const sampled = transformPoint(oldLps, [
          firstIndex[0] + i * ratio[0],
          firstIndex[1] + j * ratio[1],
          firstIndex[2] + k * ratio[2],
        ])
        expect(distance(sampled, add(transformPoint(newLps, [i, j, k]), shiftMm))).toBeLessThan(1e-6)
      }
      expect(distance(shiftMm, gridCentreMm(oblique))).toBeLessThan(1e-9)
      // Against the grid in full precision: only the rounding of origin and spacing.
      const full = targetGrid(oblique, { ...settings, asStored: exactly })
      expect(full.grid.size).toEqual(grid.size)
      expect(distance(full.grid.originMm, grid.originMm)).toBeLessThan(2e-5)
    },
  )

  it('counts as inside what lies within half a voxel of the outermost centres', () => {
    const thick = { ...oblique, size: [4, 4, 4] as const, spacingMm: [1, 1, 5] as const }
    const target = targetGrid(thick, {
      spacingMm: 1,
      keep: 'first-voxel',
      center: false,
      asStored: exactly,
    })
    // Centres at 0 to 19 mm; the last slice's outer face is at 17.5 mm.
    expect(target.grid.size).toEqual([4, 4, 20])
    expect(target.insideSize).toEqual([4, 4, 18])
  })

  it('refuses voxels as large as the volume', () => {
    const settings = { keep: 'first-voxel', center: false, asStored: exactly } as const
    expect(() => targetGrid(oblique, { ...settings, spacingMm: 120 })).toThrow('too large')
  })
})
