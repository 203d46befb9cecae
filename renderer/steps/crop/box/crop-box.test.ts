import { describe, expect, it } from 'vitest'
import type { Vector3 } from '../../../../native-workers/contract/matrix.js'
import type { VolumeGrid } from '../../../../native-workers/contract/operations/volume.js'
import { indexFromVolume } from '../../../geometry/grid.js'
import { rotationFromVector, transformPoint } from '../../../geometry/math.js'
import { axisEnds, axisMm, indexAtMm } from './box-axes.js'
import { rangeAround } from './box-from-labels.js'
import {
  bytesOfType,
  cornersMm,
  extentMm,
  faceCentreMm,
  insideOf,
  megabytes,
  movedBy,
  sizeOf,
  withFaceAt,
  type CropBox,
} from './crop-box.js'

/** Rows run from posterior to anterior. */
const grid: VolumeGrid = {
  size: [20, 10, 8],
  spacingMm: [1, 2, 2.5],
  originMm: [-40, 25, 100],
  direction: [
    [1, 0, 0],
    [0, -1, 0],
    [0, 0, 1],
  ],
}
const box: CropBox = {
  volumePath: '/ct.nii',
  grid,
  bytesPerVoxel: 2,
  first: [2, 3, 1],
  last: [11, 7, 4],
}

describe('the crop box', () => {
  it('is bounded by the outer faces of its voxels', () => {
    expect(sizeOf(box)).toEqual([10, 5, 4])
    expect(extentMm(box)).toEqual([10, 10, 10])
    expect(megabytes(box)).toBeCloseTo(400e-6, 12)
    const corners = cornersMm(box)
    expect(corners[0]).toEqual([-38.5, 20, 101.25])
    expect(corners[7]).toEqual([-28.5, 10, 111.25])
    expect(faceCentreMm(box, { axis: 0, side: 'last' })).toEqual([-28.5, 15, 106.25])
  })

  it('has faces that go to the nearest voxel, stay in the CT and never pass each other', () => {
    const first = { axis: 0, side: 'first' } as const
    const last = { axis: 1, side: 'last' } as const
    expect(withFaceAt(box, first, 4.6).first).toEqual([5, 3, 1])
    expect(withFaceAt(box, first, -9).first).toEqual([0, 3, 1])
    expect(withFaceAt(box, first, 30).first).toEqual([11, 3, 1])
    expect(withFaceAt(box, last, 8.4).last).toEqual([11, 8, 4])
    expect(withFaceAt(box, last, 99).last).toEqual([11, 9, 4])
    expect(withFaceAt(box, last, -5).last).toEqual([11, 3, 4])
  })

  it('moves as a whole and stops at the ends', () => {
    const moved = movedBy(box, [3.4, -99, 2])
    expect([moved.first, moved.last]).toEqual([
      [5, 0, 3],
      [14, 4, 6],
    ])
    expect(sizeOf(movedBy(box, [100, 100, 100]))).toEqual(sizeOf(box))
  })

  it('knows what lies inside of the CT', () => {
    expect(insideOf(grid, { first: [-4, 2, 3], last: [5, 30, 3] })).toEqual({
      first: [0, 2, 3],
      last: [5, 9, 3],
    })
    expect(insideOf(grid, { first: [20, 0, 0], last: [25, 9, 7] })).toBeNull()
  })

  it('knows the bytes of stored types', () => {
    expect(['uint8', 'int16', 'float64', 'other'].map(bytesOfType)).toEqual([1, 2, 8, 2])
  })
})

describe('the axes of a box', () => {
  it('are named by the patient’s directions and measured in LPS mm', () => {
    expect([0, 1, 2].map((axis) => axisEnds(grid, axis === 0 ? 0 : axis === 1 ? 1 : 2))).toEqual([
      ['R', 'L'],
      ['P', 'A'],
      ['I', 'S'],
    ])
    expect(axisMm(grid, 0, 3)).toBe(-37)
    expect(axisMm(grid, 1, 3)).toBe(19)
    expect(indexAtMm(grid, 1, 19)).toBe(3)
  })

  it('lead back from millimetres on an oblique grid', () => {
    const turned = { ...grid, direction: rotationFromVector([0.2, -0.4, 2.2]) }
    for (const axis of [0, 1, 2] as const) {
      expect(indexAtMm(turned, axis, axisMm(turned, axis, 5.5))).toBeCloseTo(5.5, 10)
    }
  })
})

describe('a box around labels', () => {
  const first: Vector3 = [2, 2, 2]
  it('is theirs with padding to whole voxels, cut at the ends of the CT', () => {
    const boxes = [
      { first, last: [5, 5, 5] as const },
      { first: [4, 1, 3] as const, last: [9, 4, 5] as const },
    ]
    expect(rangeAround(boxes, grid, grid, 0)).toEqual({ first: [2, 1, 2], last: [9, 5, 5] })
    // 3 mm are 3, 2 and 1 voxels.
    expect(rangeAround(boxes, grid, grid, 3)).toEqual({ first: [0, 0, 1], last: [12, 7, 6] })
    expect(rangeAround([], grid, grid, 3)).toBeNull()
  })

  it('holds all voxels under those of a halved display copy', () => {
    const halved: VolumeGrid = {
      ...grid,
      size: [10, 5, 4],
      spacingMm: [2, 4, 5],
      originMm: transformPoint(
        [
          [1, 0, 0, -39.5],
          [0, 1, 0, 24],
          [0, 0, 1, 101.25],
          [0, 0, 0, 1],
        ],
        [0, 0, 0],
      ),
    }
    expect(transformPoint(indexFromVolume(grid), halved.originMm)).toEqual([0.5, 0.5, 0.5])
    expect(rangeAround([{ first: [1, 1, 1], last: [2, 2, 2] }], halved, grid, 0)).toEqual({
      first,
      last: [5, 5, 5],
    })
  })
})
