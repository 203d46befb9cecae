import { defaultLabelColour } from '../../contract/label-colour.js'
import { UserError } from '../../contract/errors.js'
import { type Vector3 } from '../../contract/matrix.js'
import { type SliceLook, type SlicePlane } from '../../contract/operations/figure.js'
import { type VolumeGrid } from '../../contract/operations/volume.js'
import { identity4, transformPoint } from '../../geometry/matrix.js'
import { type LabelMap } from '../../imaging/labels.js'
import { resampleLinear } from '../../imaging/resample/linear.js'
import { resampleNearest } from '../../imaging/resample/nearest.js'
import { lpsFromIndex, type Volume } from '../../imaging/volume.js'
import { greyLevel } from '../display/grey-levels.js'
import { figurePicture } from '../figure/canvas.js'
import { type EdgeLetters, type PanelPicture, type PixelSize } from './panel-picture.js'

type Axis = 0 | 1 | 2

interface PlaneAxes {
  /** LPS axis along the columns, and the one down the rows. */
  readonly across: Axis
  readonly down: Axis
  /** Whether rows run against their axis. */
  readonly isReversed: boolean
  readonly normal: Axis
  readonly letters: EdgeLetters
}

/** As radiologists look: the patient's right at the left, anterior up or left, superior up. */
const planeAxes: Readonly<Record<SlicePlane, PlaneAxes>> = {
  axial: {
    ...{ across: 0, down: 1, isReversed: false, normal: 2 },
    letters: { left: 'R', right: 'L', top: 'A', bottom: 'P' },
  },
  coronal: {
    ...{ across: 0, down: 2, isReversed: true, normal: 1 },
    letters: { left: 'R', right: 'L', top: 'S', bottom: 'I' },
  },
  sagittal: {
    ...{ across: 1, down: 2, isReversed: true, normal: 0 },
    letters: { left: 'A', right: 'P', top: 'S', bottom: 'I' },
  },
}

/** Least and greatest LPS coordinate of a grid's voxel edges along each axis. */
export function gridBoundsMm(grid: VolumeGrid): { readonly minMm: Vector3; readonly maxMm: Vector3 } {
  const far = (corner: number, axis: Axis) => ((corner >> axis) & 1 ? grid.size[axis] - 0.5 : -0.5)
  const corners = Array.from({ length: 8 }, (_, corner) =>
    transformPoint(lpsFromIndex(grid), [far(corner, 0), far(corner, 1), far(corner, 2)]),
  )
  const least = (axis: Axis) => Math.min(...corners.map((corner) => corner[axis]))
  const greatest = (axis: Axis) => Math.max(...corners.map((corner) => corner[axis]))
  return { minMm: [least(0), least(1), least(2)], maxMm: [greatest(0), greatest(1), greatest(2)] }
}

/** Height by width of a plane's slices. */
export function sliceAspect(grid: VolumeGrid, plane: SlicePlane): number {
  const { across, down } = planeAxes[plane]
  const { minMm, maxMm } = gridBoundsMm(grid)
  return (maxMm[down] - minMm[down]) / (maxMm[across] - minMm[across])
}

/** Where a slice lies: as asked, else through the isocentre. Errors: `input-invalid` (outside the CT). */
export function slicePositionMm(
  grid: VolumeGrid,
  plane: SlicePlane,
  positionMm: number | undefined,
  isocentreMm: Vector3,
): number {
  const { normal } = planeAxes[plane]
  const { minMm, maxMm } = gridBoundsMm(grid)
  const position = positionMm ?? isocentreMm[normal]
  if (position >= minMm[normal] && position <= maxMm[normal]) return position
  throw new UserError(
    'input-invalid',
    `The ${plane} slice at ${position} mm lies outside the CT, which reaches from ${minMm[normal].toFixed(1)} to ${maxMm[normal].toFixed(1)} mm.`,
    'Choose a position inside the CT.',
  )
}

/**
 * A slice through a CT of any direction in the patient's own planes: trilinear, in grey between black and white of the
 * window, with labels laid over it by nearest neighbour.
 */
export function slicePicture(
  volume: Volume,
  labels: LabelMap | null,
  { plane, positionMm }: { readonly plane: SlicePlane; readonly positionMm: number },
  { windowHu, levelHu, labelOpacity, labelColours }: SliceLook,
  size: PixelSize,
): PanelPicture {
  const { across, down, isReversed, normal, letters } = planeAxes[plane]
  const { minMm, maxMm } = gridBoundsMm(volume.grid)
  const widthMm = maxMm[across] - minMm[across]
  const step = { across: widthMm / size.width, down: (maxMm[down] - minMm[down]) / size.height }
  const originMm: [number, number, number] = [0, 0, 0]
  originMm[across] = minMm[across] + step.across / 2
  originMm[down] = isReversed ? maxMm[down] - step.down / 2 : minMm[down] + step.down / 2
  originMm[normal] = positionMm
  const column = (axis: Axis, sign = 1): Vector3 => [
    axis === 0 ? sign : 0,
    axis === 1 ? sign : 0,
    axis === 2 ? sign : 0,
  ]
  const [i, j, k] = [column(across), column(down, isReversed ? -1 : 1), column(normal)]
  const target: VolumeGrid = {
    size: [size.width, size.height, 1],
    spacingMm: [step.across, step.down, 1],
    originMm,
    direction: [
      [i[0], j[0], k[0]],
      [i[1], j[1], k[1]],
      [i[2], j[2], k[2]],
    ],
  }
  const output = new Float32Array(size.width * size.height)
  const range = { black: levelHu - windowHu / 2, white: levelHu + windowHu / 2 }
  const task = { source: volume, target, sourceFromTarget: identity4, output, outsideValue: range.black }
  resampleLinear(task, 0, 1)
  const shown = new Uint16Array(output.length)
  if (labels !== null) resampleNearest({ grid: volume.grid, voxels: labels.labels }, target, shown)
  const isShown = new Set(labels?.structures)
  const colours = new Map(
    [...isShown].map((label) => [label, channels(labelColours[String(label)] ?? defaultLabelColour(label))]),
  )
  const rgb = (n: number): readonly [number, number, number] => {
    const level = greyLevel(output[n], range)
    const colour = colours.get(shown[n])
    const mixed = (channel: 0 | 1 | 2) =>
      Math.round(colour === undefined ? level : level + labelOpacity * (colour[channel] - level))
    return [mixed(0), mixed(1), mixed(2)]
  }
  return { picture: figurePicture(rgb, size.width, size.height), widthMm, letters }
}

/** 0..255 of "#rrggbb". */
function channels(colour: string): readonly [number, number, number] {
  const part = (start: number) => parseInt(colour.slice(start, start + 2), 16)
  return [part(1), part(3), part(5)]
}
