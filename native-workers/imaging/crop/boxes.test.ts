import { describe, expect, it } from 'vitest'
import { type VolumeGrid } from '../../contract/operations/volume.js'
import { boundingBox, labelBoxes } from './label-boxes.js'
import { paddedBox } from './padded-box.js'

describe('labelBoxes', () => {
  it('bounds every label, also one whose parts lie far apart', () => {
    const voxels = new Uint16Array(5 * 4 * 3)
    const at = (i: number, j: number, k: number) => i + 5 * (j + 4 * k)
    for (const index of [at(1, 0, 0), at(4, 3, 1), at(2, 2, 2)]) voxels[index] = 700
    for (const index of [at(0, 1, 1), at(1, 1, 1)]) voxels[index] = 2
    const boxes = labelBoxes(voxels, [5, 4, 3])
    expect([...boxes]).toEqual([
      [2, { first: [0, 1, 1], last: [1, 1, 1] }],
      [700, { first: [1, 0, 0], last: [4, 3, 2] }],
    ])
    expect(boundingBox([...boxes.values()])).toEqual({ first: [0, 0, 0], last: [4, 3, 2] })
    expect(boundingBox([])).toBeUndefined()
  })
})

describe('paddedBox', () => {
  /** j runs from back to front, as in many CTs; k to the feet. */
  const grid: VolumeGrid = {
    size: [100, 80, 40],
    spacingMm: [0.8, 0.8, 3],
    originMm: [0, 0, 0],
    direction: [
      [1, 0, 0],
      [0, -1, 0],
      [0, 0, -1],
    ],
  }

  it('adds whole voxels to the nearest, per axis', () => {
    const { box, cutPadding } = paddedBox({ first: [40, 30, 10], last: [59, 39, 19] }, 5, grid)
    expect(box).toEqual({ first: [34, 24, 8], last: [65, 45, 21] })
    expect(cutPadding).toEqual([])
  })

  it('is clamped at each end without moving the other, and says where', () => {
    const { box, cutPadding } = paddedBox({ first: [2, 75, 0], last: [10, 79, 39] }, 5, grid)
    expect(box).toEqual({ first: [0, 69, 0], last: [16, 79, 39] })
    expect(cutPadding.map(({ end }) => end)).toEqual(['right', 'anterior', 'superior', 'inferior'])
    expect(cutPadding[0].missingMm).toBeCloseTo(3.2, 12)
    expect(cutPadding[2].missingMm).toBe(6)
  })

  it('keeps the labels themselves where no padding is asked for', () => {
    const box = { first: [0, 0, 0], last: [99, 79, 39] } as const
    expect(paddedBox(box, 0, grid)).toEqual({ box, cutPadding: [] })
  })
})
