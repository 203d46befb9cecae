import { dot } from '../geometry/math.js'
import type { Plane, PlaneGrid } from '../views/slices/plane.js'
import type { Threshold } from './model/threshold.js'
import type { PixelBox } from './paint-threshold.js'

/** The pixels of a slice where a threshold counts; null where the slice passes its box by. */
export function previewBox(
  { scope }: Threshold,
  plane: Plane,
  { topLeftMm, stepMm, width, height }: PlaneGrid,
  positionMm: number,
): PixelBox | null {
  if (scope.kind !== 'box') return { left: 0, top: 0, right: width, bottom: height }
  // On an oblique slice the box would not be a rectangle along the pixels.
  if (!plane.isStraight) return null
  const { minMm, maxMm } = scope
  if (positionMm < minMm[plane.axis] || positionMm > maxMm[plane.axis]) return null
  const pixels = (direction: Plane['right'], count: number): [number, number] => {
    const start = dot(direction, topLeftMm)
    const ends = [minMm, maxMm].map((corner) => (dot(direction, corner) - start) / stepMm)
    return [Math.max(0, Math.ceil(Math.min(...ends))), Math.min(count, Math.floor(Math.max(...ends)) + 1)]
  }
  const [left, right] = pixels(plane.right, width)
  const [top, bottom] = pixels(plane.down, height)
  return { left, top, right, bottom }
}
