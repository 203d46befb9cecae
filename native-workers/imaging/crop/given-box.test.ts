import { describe, expect, it } from 'vitest'
import { type Vector3 } from '../../contract/matrix.js'
import { type VolumeGrid } from '../../contract/operations/volume.js'
import { transformPoint } from '../../geometry/matrix.js'
import { rotationFromVector } from '../../geometry/rigid.js'
import { lpsFromIndex } from '../volume.js'
import { givenBox } from './given-box.js'

/** Rows run from posterior to anterior, as in many NIfTI files. */
const grid: VolumeGrid = {
  size: [20, 10, 8],
  spacingMm: [1, 1, 2.5],
  originMm: [-40, 25, 100],
  direction: [
    [1, 0, 0],
    [0, -1, 0],
    [0, 0, 1],
  ],
}
const name = 'box'
const inMm = (cornerMm: Vector3, oppositeMm: Vector3) => ({ unit: 'mm', name, cornerMm, oppositeMm }) as const

describe('givenBox', () => {
  it('takes voxels as they are', () => {
    expect(givenBox({ unit: 'voxels', name, first: [2, 0, 1], last: [2, 9, 3] }, grid)).toEqual({
      box: { first: [2, 0, 1], last: [2, 9, 3] },
      cutPadding: [],
    })
  })

  it('keeps the voxels whose centres lie between two corners in mm, whichever corners', () => {
    const expected = { first: [3, 2, 1], last: [7, 6, 2] }
    // k = 1 lies at 102.5, k = 2 at 105 mm; j = 2 at 23, j = 6 at 19 mm.
    expect(givenBox(inMm([-37, 23, 102.5], [-33, 19, 105]), grid).box).toEqual(expected)
    expect(givenBox(inMm([-32.6, 18.4, 101], [-37.4, 23.6, 107]), grid).box).toEqual(expected)
  })

  it('holds the whole mm box on a grid that lies oblique', () => {
    const turned: VolumeGrid = { ...grid, size: [60, 60, 60], direction: rotationFromVector([0.1, 0.2, 0.3]) }
    const centre = transformPoint(lpsFromIndex(turned), [30, 30, 30])
    const [x, y, z] = centre
    const { box } = givenBox(inMm([x - 5, y - 4, z - 6], [x + 5, y + 4, z + 6]), turned)
    const inside: Vector3[] = []
    for (let k = 0; k < 60; k++) {
      for (let j = 0; j < 60; j++) {
        for (let i = 0; i < 60; i++) {
          const [a, b, c] = transformPoint(lpsFromIndex(turned), [i, j, k])
          if (Math.abs(a - x) <= 5 && Math.abs(b - y) <= 4 && Math.abs(c - z) <= 6) inside.push([i, j, k])
        }
      }
    }
    expect(inside.length).toBeGreaterThan(100)
    const outside = inside.filter((index) =>
      index.some((value, axis) => value < box.first[axis] || value > box.last[axis]),
    )
    expect(outside).toEqual([])
    // No more than the corners ask for: the box reaches less than a voxel beyond the mm box's corners.
    expect(box.last[0] - box.first[0]).toBeLessThan(2 * (5 + 4 * 0.4 + 6 * 0.3) + 1)
  })

  it('cuts what reaches beyond the volume, and says where', () => {
    expect(givenBox({ unit: 'voxels', name, first: [-3, 4, 0], last: [25, 11, 7] }, grid)).toEqual({
      box: { first: [0, 4, 0], last: [19, 9, 7] },
      cutPadding: [
        { end: 'right', missingMm: 3 },
        { end: 'left', missingMm: 6 },
        { end: 'anterior', missingMm: 2 },
      ],
    })
  })

  it.each([
    [
      'a last voxel before the first',
      { unit: 'voxels', name, first: [4, 0, 0], last: [3, 9, 7] },
      'input-invalid',
    ],
    ['a box between two slices', inMm([-40, 25, 100.5], [-30, 20, 102]), 'input-invalid'],
    ['a box beside the CT', { unit: 'voxels', name, first: [20, 0, 0], last: [30, 9, 7] }, 'no-overlap'],
  ] as const)('refuses %s', (_, box, code) => {
    expect(() => givenBox(box, grid)).toThrow(expect.objectContaining({ code }))
  })
})
