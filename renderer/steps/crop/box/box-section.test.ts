import { describe, expect, it } from 'vitest'
import type { VolumeGrid } from '../../../../native-workers/contract/operations/volume.js'
import { indexFromVolume } from '../../../geometry/grid.js'
import { rotationFromVector, transformPoint } from '../../../geometry/math.js'
import { gripAt, type OutlineCorner } from './box-handles.js'
import { boxSection } from './box-section.js'
import { faceIndex, type CropBox } from './crop-box.js'

const grid: VolumeGrid = {
  size: [20, 20, 20],
  spacingMm: [1, 1, 2],
  originMm: [0, 0, 0],
  direction: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
}
const box: CropBox = {
  volumePath: '/ct.nii',
  grid,
  bytesPerVoxel: 2,
  first: [2, 3, 4],
  last: [9, 10, 11],
}
const axial = { right: [1, 0, 0], down: [0, 1, 0] } as const

describe('the section of a box', () => {
  it('is its rectangle in a straight slice, with the face of every edge', () => {
    const section = boxSection(box, { ...axial, pointMm: [5, 5, 12] })
    expect(section).toHaveLength(4)
    const corners = section.map(({ pointMm }) =>
      pointMm.map((value) => Math.round(value * 1e6) / 1e6).join(' '),
    )
    expect(corners.sort()).toEqual(['1.5 10.5 12', '1.5 2.5 12', '9.5 10.5 12', '9.5 2.5 12'])
    const faces = section.map(({ face }) => `${face.axis} ${face.side}`)
    expect(faces.sort()).toEqual(['0 first', '0 last', '1 first', '1 last'])
  })

  it('is empty where the slice passes the box by', () => {
    expect(boxSection(box, { ...axial, pointMm: [5, 5, 6] })).toEqual([])
    expect(boxSection(box, { ...axial, pointMm: [5, 5, 8] })).toHaveLength(4)
  })

  it('is a polygon on the faces where box and slice lie oblique to each other', () => {
    const turned: CropBox = { ...box, grid: { ...grid, direction: rotationFromVector([0.5, 0.4, 0.3]) } }
    const toIndex = indexFromVolume(turned.grid)
    const section = boxSection(turned, { ...axial, pointMm: [12, 1, 6] })
    expect(section.length).toBeGreaterThanOrEqual(3)
    for (const [n, { pointMm, face }] of section.entries()) {
      const next = section[(n + 1) % section.length]?.pointMm ?? pointMm
      expect(pointMm[2]).toBeCloseTo(6, 9)
      for (const end of [pointMm, next]) {
        expect(transformPoint(toIndex, end)[face.axis]).toBeCloseTo(faceIndex(turned, face), 6)
      }
    }
  })
})

describe('the grips of a box', () => {
  const outline: readonly OutlineCorner[] = [
    { x: 100, y: 50, face: { axis: 1, side: 'first' } },
    { x: 300, y: 50, face: { axis: 0, side: 'last' } },
    { x: 300, y: 150, face: { axis: 1, side: 'last' } },
    { x: 100, y: 150, face: { axis: 0, side: 'first' } },
  ]

  it('are edges, corners and the inside', () => {
    expect(gripAt(outline, { x: 200, y: 54 })).toEqual({
      kind: 'faces',
      faces: [{ axis: 1, side: 'first' }],
      cursor: 'ns-resize',
    })
    expect(gripAt(outline, { x: 297, y: 100 })).toMatchObject({ cursor: 'ew-resize' })
    const corner = gripAt(outline, { x: 303, y: 147 })
    expect(corner).toEqual({
      kind: 'faces',
      faces: [
        { axis: 0, side: 'last' },
        { axis: 1, side: 'last' },
      ],
      cursor: 'nwse-resize',
    })
    expect(gripAt(outline, { x: 99, y: 152 })).toMatchObject({ cursor: 'nesw-resize' })
    expect(gripAt(outline, { x: 200, y: 100 })).toEqual({ kind: 'inside', cursor: 'move' })
  })

  it('are none outside, and none without a box', () => {
    expect(gripAt(outline, { x: 320, y: 100 })).toBeNull()
    expect(gripAt([], { x: 320, y: 100 })).toBeNull()
  })
})
