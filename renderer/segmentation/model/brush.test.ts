import { describe, expect, it } from 'vitest'
import type { Vector3 } from '../../../native-workers/contract/matrix.js'
import type { VolumeGrid } from '../../../native-workers/contract/operations/volume.js'
import { Stroke, voxelAt, type Brush } from './brush.js'

const grid: VolumeGrid = {
  size: [20, 20, 10],
  spacingMm: [1, 1, 2],
  originMm: [-10, 30, 0],
  direction: [
    [1, 0, 0],
    [0, -1, 0],
    [0, 0, 1],
  ],
}
const axial = { right: [1, 0, 0], down: [0, 1, 0] } as const
const disc: Brush = { shape: 'disc', diameterMm: 6 }

function painted(stroke: Stroke): Vector3[] {
  return [...stroke.changed].map((index) => [
    index % 20,
    Math.floor(index / 20) % 20,
    Math.floor(index / 400),
  ])
}

describe('the brush', () => {
  it('paints a round disc in the one slice that is shown', () => {
    const stroke = new Stroke(new Uint8Array(4000), grid, axial, disc, 5)
    stroke.to([0, 20, 8.4])
    const voxels = painted(stroke)
    expect(new Set(voxels.map(([, , k]) => k))).toEqual(new Set([4]))
    for (const [i, j] of voxels) expect(Math.hypot(i - 10, j - 10)).toBeLessThanOrEqual(3 + Math.SQRT1_2)
    expect(voxels.length).toBeGreaterThanOrEqual(28)
    expect(stroke.voxels.filter((label) => label === 5)).toHaveLength(voxels.length)
  })

  it('paints a ball in millimetres', () => {
    const stroke = new Stroke(new Uint8Array(4000), grid, axial, { shape: 'sphere', diameterMm: 8 }, 1)
    stroke.to([0, 20, 8])
    const found = new Set(stroke.changed)
    for (let index = 0; index < 4000; index++) {
      const [i, j, k] = [index % 20, Math.floor(index / 20) % 20, Math.floor(index / 400)]
      expect(found.has(index)).toBe(Math.hypot(i - 10, j - 10, 2 * (k - 4)) <= 4)
    }
  })

  it('leaves no gap in a fast drag, and every voxel counts once', () => {
    const stroke = new Stroke(new Uint8Array(4000), grid, axial, { shape: 'disc', diameterMm: 2 }, 1)
    stroke.to([-8, 20, 0])
    stroke.to([8, 20, 0])
    const row = painted(stroke).filter(([, j]) => j === 10)
    expect(new Set(row.map(([i]) => i)).size).toBe(row.length)
    for (let i = 2; i <= 18; i++) expect(row.map(([x]) => x)).toContain(i)
  })

  it('changes nothing but what it may', () => {
    const map = new Uint8Array(4000).fill(2)
    const stroke = new Stroke(map, grid, axial, disc, 1, 0)
    stroke.to([0, 20, 8])
    expect(stroke.changed).toHaveLength(0)
  })

  it('finds no voxel outside of the map', () => {
    expect(voxelAt(grid, [-10, 30, 0])).toBe(0)
    expect(voxelAt(grid, [-11, 30, 0])).toBeNull()
  })
})
