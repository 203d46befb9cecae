import { type Vector2 } from '../../contract/matrix.js'
import { valueRange } from '../voxel-values.js'
import { type BlockImage, blockImage } from './block-image.js'
import { type BorderShape, borderShape, hasUprightSides } from './border-shape.js'
import { components, flood, frameCells } from './connected.js'
import { convexHull, fillInside, polygonArea } from './convex-polygon.js'

/** The part of an image that a collimator, a shutter or a round detector leaves free. */
export interface FieldBorder {
  readonly shape: Exclude<BorderShape, 'other'> | 'convex'
  /** 1 inside the field, at a margin from its border. */
  readonly inside: Uint8Array
}

/** All thresholds are shares of the image's range of values or of its size. */
const endShare = 0.1
const leastFrameShare = 0.12
const leastSurroundShare = 0.01
const leastHullFill = 0.95
const leastFieldShare = 0.05
const marginShare = 0.008
/** Departures from the surround's level that still belong to it: scatter and vignetting make its inner rim brighter. */
const flatTolerances = [0.02, 0.04, 0.06, 0.09, 0.12, 0.16, 0.2]
/** A wider tolerance that takes this share off the first field has leaked into the picture. */
const largestLeak = 0.12

/** Exposed more than this is air, and a field with a larger share of it shows no body; blades may frame a finger. */
const airLevel = 0.6
const mostAir = 0.6
const mostAirOfUpright = 0.8

type RangeEnd = 'low' | 'high'

/** The commonest value near one end of the range along the image's border, when it is common there. */
function surroundLevel(blocks: BlockImage, least: number, range: number, end: RangeEnd): number | null {
  const bins = new Array<number>(101).fill(0)
  let count = 0
  for (const cell of frameCells(blocks.columns, blocks.rows)) {
    bins[Math.round(((blocks.mean[cell] - least) / range) * 100)]++
    count++
  }
  const near = Math.round(100 * endShare)
  const atEnd = end === 'low' ? bins.slice(0, near + 1) : bins.slice(100 - near)
  const commonest = bins.indexOf(Math.max(...atEnd), end === 'low' ? 0 : 100 - near)
  const common = bins.slice(Math.max(0, commonest - 1), commonest + 2).reduce((sum, bin) => sum + bin, 0)
  return common < leastFrameShare * count ? null : least + (commonest / 100) * range
}

/** Corners of a component's outermost blocks in each row, in pixels, clipped to the image. */
function outline(cells: readonly number[], blocks: BlockImage, width: number, height: number): Vector2[] {
  const { columns, rows, blockPixels } = blocks
  const first = new Int32Array(rows).fill(columns)
  const last = new Int32Array(rows).fill(-1)
  for (const cell of cells) {
    const row = Math.floor(cell / columns)
    first[row] = Math.min(first[row], cell % columns)
    last[row] = Math.max(last[row], cell % columns)
  }
  const points: Vector2[] = []
  for (let row = 0; row < rows; row++) {
    if (last[row] < 0) continue
    const [left, right] = [first[row] * blockPixels, Math.min(width, (last[row] + 1) * blockPixels)]
    const [top, bottom] = [row * blockPixels, Math.min(height, (row + 1) * blockPixels)]
    points.push([left, top], [right, top], [left, bottom], [right, bottom])
  }
  return points
}

/** Centres of the component's blocks that touch the surround. */
function borderPoints(
  cells: readonly number[],
  surround: Uint8Array,
  { columns, blockPixels }: BlockImage,
): Vector2[] {
  return cells.flatMap((cell): Vector2[] => {
    const column = cell % columns
    const touches =
      (column > 0 && surround[cell - 1] === 1) ||
      (column < columns - 1 && surround[cell + 1] === 1) ||
      surround[cell - columns] === 1 ||
      surround[cell + columns] === 1
    return touches ? [[(column + 0.5) * blockPixels, (Math.floor(cell / columns) + 0.5) * blockPixels]] : []
  })
}

interface Field {
  readonly cells: number
  readonly hull: readonly Vector2[]
  readonly shape: BorderShape
}

/** The convex field that a surround of this tolerance leaves; null when there is none. */
function fieldAtTolerance(
  blocks: BlockImage,
  level: number,
  tolerance: number,
  width: number,
  height: number,
): Field | null {
  const { columns, rows, blockPixels, mean, spread } = blocks
  const surround = flood(
    columns,
    rows,
    frameCells(columns, rows),
    (cell) => Math.abs(mean[cell] - level) <= tolerance && spread[cell] <= 2 * tolerance,
  )
  const surroundCells = surround.reduce((sum, cell) => sum + cell, 0)
  if (surroundCells < leastSurroundShare * surround.length) return null
  const [field] = components(columns, rows, (cell) => surround[cell] === 0)
  if (field === undefined || field.length < leastFieldShare * surround.length) return null
  const hull = convexHull(outline(field, blocks, width, height))
  if (field.length * blockPixels ** 2 < leastHullFill * polygonArea(hull)) return null
  return {
    cells: field.length,
    hull,
    shape: borderShape(borderPoints(field, surround, blocks), hull, width, height),
  }
}

/** The narrowest field before the surround leaks into the picture; a circle or polygon goes before a merely convex one. */
function tightestField(
  blocks: BlockImage,
  level: number,
  range: number,
  width: number,
  height: number,
): Field | null {
  let best: Field | null = null
  let first: Field | null = null
  for (const share of flatTolerances) {
    const field = fieldAtTolerance(blocks, level, share * range, width, height)
    if (field === null) continue
    first ??= field
    if (field.cells < (1 - largestLeak) * first.cells) break
    if (best === null || best.shape === 'other' || field.shape !== 'other') best = field
  }
  return best
}

/** How much of the field nothing but air is in the way of. */
function airShare(
  pixels: Float32Array,
  inside: Uint8Array,
  least: number,
  range: number,
  brightIsAttenuating: boolean,
): number {
  let [air, all] = [0, 0]
  for (let n = 0; n < pixels.length; n++) {
    if (inside[n] === 0) continue
    const share = (pixels[n] - least) / range
    if ((brightIsAttenuating ? 1 - share : share) > airLevel) air++
    all++
  }
  return all === 0 ? 0 : air / all
}

/**
 * Finds the border of the exposed field: a flat surround at one end of the value range, joined to the image's border,
 * that leaves a convex field. At the end where radiation is absorbed only a collimator can be flat; at the other end it
 * may be plain air around a body, so there the border has to be a circle or made of upright and level blades. What has
 * hardly anything but air inside is the air beside a body whose dense parts look flat. Null when there is no such border. Pure; `brightIsAttenuating` tells which end absorbs.
 */
export function findFieldBorder(
  pixels: Float32Array,
  width: number,
  height: number,
  brightIsAttenuating: boolean,
): FieldBorder | null {
  const blocks = blockImage(pixels, width, height)
  const [least, greatest] = valueRange(pixels)
  const range = greatest - least
  if (!(range > 0)) return null
  const ends: readonly RangeEnd[] = brightIsAttenuating ? ['high', 'low'] : ['low', 'high']
  for (const end of ends) {
    const level = surroundLevel(blocks, least, range, end)
    const field = level === null ? null : tightestField(blocks, level, range, width, height)
    if (field === null) continue
    const { hull, shape } = field
    const margin = blocks.blockPixels / 2 + Math.max(1, marginShare * Math.sqrt(polygonArea(hull)))
    const inside = fillInside(hull, margin, width, height)
    const isUpright = shape === 'polygonal' && hasUprightSides(hull, width, height)
    const air = airShare(pixels, inside, least, range, brightIsAttenuating)
    const isCollimator =
      shape === 'circular' || (isUpright ? air <= mostAirOfUpright : end === ends[0] && air <= mostAir)
    if (isCollimator) return { shape: shape === 'other' ? 'convex' : shape, inside }
  }
  return null
}
