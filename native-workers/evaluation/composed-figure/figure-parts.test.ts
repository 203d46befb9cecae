import { describe, expect, it } from 'vitest'
import { sliceLookSchema } from '../../contract/operations/figure.js'
import { type VolumeGrid } from '../../contract/operations/volume.js'
import { type FigurePicture } from '../figure/canvas.js'
import { fieldWidthAtIsocentreMm } from './field-width.js'
import { layOutFigure } from './figure-layout.js'
import { roundLengthMm } from './scale-bar.js'
import { sliceAspect, slicePicture } from './slice-picture.js'
import { stageRuns } from './similarity-curve.js'
import { thickened } from './thickened.js'

const identity = [
  [1, 0, 0, 0],
  [0, 1, 0, 0],
  [0, 0, 1, 0],
  [0, 0, 0, 1],
] as const

it('a scale bar has a round length', () => {
  expect([9, 10, 49, 50, 0.3].map(roundLengthMm)).toEqual([5, 10, 20, 50, 0.2])
})

it('the field is as wide as the cone of rays at the depth of the isocentre', () => {
  const camera = {
    schema: 'isocenter/camera@1',
    frame: 'LPS',
    imageSize: { width: 200, height: 100 },
    intrinsics: [
      [1000, 0, 99.5],
      [0, 1000, 49.5],
      [0, 0, 1],
    ],
    cameraFromWorld: identity,
  } as const
  expect(fieldWidthAtIsocentreMm(camera, identity, [5, 5, 700])).toBeCloseTo(140, 9)
  expect(fieldWidthAtIsocentreMm(camera, identity, [0, 0, -1])).toBeNull()
})

describe('the layout', () => {
  const options = { columns: 2, widthPoints: 213, fontSizePoints: 10, hasHeaders: true, hasFootnote: true }

  it('gives every row the height of its tallest panel, and rows that any shape suits a usual one', () => {
    const shape = (aspect: number | null, hasColourBar = false) => ({ aspect, hasColourBar })
    const { places, heightPoints, footnote } = layOutFigure(
      [shape(1), shape(0.5, true), shape(null)],
      options,
    )
    expect(places.map(({ box }) => [box.width, box.height])).toEqual([
      [100, 100],
      [100, 50],
      [100, 75],
    ])
    expect(places[1].colourBar?.width).toBe(100)
    expect(places[2].box.top).toBeGreaterThan(places[0].box.top + 100 + 20)
    expect(footnote.baseline).toBeLessThan(heightPoints)
    expect(footnote.baseline).toBeGreaterThan(places[2].box.top + 75)
  })

  it('makes a very tall picture narrower, in the middle of its column', () => {
    const [{ box, header }] = layOutFigure([{ aspect: 3, hasColourBar: false }], options).places
    expect(box.height / box.width).toBeCloseTo(3, 9)
    expect(box.left + box.width / 2).toBeCloseTo(213 / 2, 9)
    expect(header.left).toBe(box.left)
  })
})

it('edges grow to their width and not over the border', () => {
  const marks = new Uint8Array(25)
  marks[12] = 1
  expect(thickened(marks, 5, 5, 3).reduce((sum, mark) => sum + mark, 0)).toBe(5)
  marks[12] = 0
  marks[4] = 1
  expect([...thickened(marks, 5, 5, 3).keys()].filter((n) => thickened(marks, 5, 5, 3)[n] === 1)).toEqual([
    3, 4, 9,
  ])
  expect(thickened(marks, 5, 5, 1)).toBe(marks)
})

it('the curve leaves out steps that were taken back, and parts stages', () => {
  const point = (render: number, stage: string, accepted = true) => ({
    ...{ render, stage, accepted, seconds: 0, loss: 0.1 },
    worldFromVolume: identity,
  })
  const runs = stageRuns([point(3, '32'), point(1, '64'), point(2, '64', false), point(4, '64')])
  expect(runs.map(({ stage, points }) => [stage, points.map(({ render }) => render)])).toEqual([
    ['64', [1]],
    ['32', [3]],
    ['64', [4]],
  ])
})

describe('a slice', () => {
  // i runs to the patient's right and k to the feet: the picture must turn both round.
  const grid: VolumeGrid = {
    size: [2, 2, 2],
    spacingMm: [10, 20, 30],
    originMm: [10, 0, 30],
    direction: [
      [-1, 0, 0],
      [0, 1, 0],
      [0, 0, -1],
    ],
  }
  const voxels = Float32Array.from([0, 0, 0, 0, 0, 0, 0, 0])

  const levelsOf = (picture: FigurePicture): number[] => {
    if (!('getContext' in picture)) throw new Error('The picture is no canvas.')
    const { data } = picture.getContext('2d').getImageData(0, 0, picture.width, picture.height)
    return [...data.filter((_, n) => n % 4 === 0)]
  }

  it('shows the patient’s right at the left and the head at the top, whatever way the voxels run', () => {
    expect(sliceAspect(grid, 'coronal')).toBeCloseTo(60 / 20, 9)
    // The voxel at the patient's left, in front, at the head.
    voxels[0] = 1000
    const look = sliceLookSchema.parse({ windowHu: 1000, levelHu: 500 })
    const at = { plane: 'coronal', positionMm: 0 } as const
    const { picture, widthMm, letters } = slicePicture({ grid, voxels }, null, at, look, {
      width: 2,
      height: 2,
    })
    expect(levelsOf(picture)).toEqual([0, 255, 0, 0])
    expect([widthMm, letters?.left]).toEqual([20, 'R'])
  })

  it('lays labels over it in their colours', () => {
    const labels = new Uint8Array(8)
    labels[0] = 7
    const look = sliceLookSchema.parse({
      ...{ windowHu: 1000, levelHu: 10_000, labelOpacity: 1 },
      labelColours: { '7': '#ff0000' },
    })
    const map = { labels, structures: [7], issues: [] }
    const at = { plane: 'coronal', positionMm: 0 } as const
    const { picture } = slicePicture({ grid, voxels }, map, at, look, { width: 2, height: 2 })
    expect(levelsOf(picture)).toEqual([0, 255, 0, 0])
  })
})
