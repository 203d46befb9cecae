import { type Vector2 } from '../../contract/matrix.js'
import { isOnImageBorder } from './convex-polygon.js'

/** A corner this far from the chord of its neighbours, as a share of the longer edge, is a real corner. */
const straightTolerance = 0.006
/** A straight side of a collimator is at least this long, as a share of the longer edge. */
const shortestSide = 0.08
/** A circle fits when its root mean square residual is below this share of its radius ... */
const circleTolerance = 0.012
/** ... and border points lie in at least this share of the directions from its centre. */
const leastCircleCoverage = 0.35

/** Blades stand along the image's rows and columns to within this angle. */
const uprightToleranceDeg = 2

export type BorderShape = 'circular' | 'polygonal' | 'other'

/** Least squares circle (Kåsa): minimises |p|² - 2 c.p - (r² - |c|²). */
function fitCircle(points: readonly Vector2[]): { centre: Vector2; radius: number } | null {
  const n = points.length
  const mean: Vector2 = [points.reduce((s, p) => s + p[0], 0) / n, points.reduce((s, p) => s + p[1], 0) / n]
  let [xx, xy, yy, xz, yz] = [0, 0, 0, 0, 0]
  for (const [px, py] of points) {
    const [x, y] = [px - mean[0], py - mean[1]]
    const z = x * x + y * y
    xx += x * x
    xy += x * y
    yy += y * y
    xz += x * z
    yz += y * z
  }
  const determinant = xx * yy - xy * xy
  if (determinant <= 1e-9 * (xx + yy) ** 2) return null
  const [cx, cy] = [(xz * yy - yz * xy) / (2 * determinant), (yz * xx - xz * xy) / (2 * determinant)]
  return { centre: [cx + mean[0], cy + mean[1]], radius: Math.sqrt(cx * cx + cy * cy + (xx + yy) / n) }
}

function isCircular(points: readonly Vector2[]): boolean {
  const circle = fitCircle(points)
  if (circle === null) return false
  const { centre, radius } = circle
  let squares = 0
  const directions = new Set<number>()
  for (const [x, y] of points) {
    squares += (Math.hypot(x - centre[0], y - centre[1]) - radius) ** 2
    directions.add(Math.floor(((Math.atan2(y - centre[1], x - centre[0]) + Math.PI) / (2 * Math.PI)) * 36))
  }
  return (
    Math.sqrt(squares / points.length) <= circleTolerance * radius &&
    directions.size / 36 >= leastCircleCoverage
  )
}

function distanceToChord(point: Vector2, a: Vector2, b: Vector2): number {
  const length = Math.hypot(b[0] - a[0], b[1] - a[1])
  if (length === 0) return Math.hypot(point[0] - a[0], point[1] - a[1])
  return Math.abs((b[0] - a[0]) * (point[1] - a[1]) - (b[1] - a[1]) * (point[0] - a[0])) / length
}

/** Leaves out corners that hardly depart from the line between those kept (Douglas-Peucker). */
function simplified(points: readonly Vector2[], tolerance: number): Vector2[] {
  const [first, last] = [points[0], points[points.length - 1]]
  let farthest = 0
  let at = 0
  for (let index = 1; index < points.length - 1; index++) {
    const distance = distanceToChord(points[index], first, last)
    if (distance > farthest) [farthest, at] = [distance, index]
  }
  if (farthest <= tolerance) return [first, last]
  return [
    ...simplified(points.slice(0, at + 1), tolerance).slice(0, -1),
    ...simplified(points.slice(at), tolerance),
  ]
}

type Side = readonly [Vector2, Vector2]

const sideLength = ([a, b]: Side): number => Math.hypot(b[0] - a[0], b[1] - a[1])

/** The sides of a convex hull within the image, slight corners straightened. */
function innerSides(hull: readonly Vector2[], width: number, height: number): Side[] {
  const half = Math.floor(hull.length / 2)
  return [hull.slice(0, half + 1), [...hull.slice(half), hull[0]]]
    .flatMap((part) => {
      const corners = simplified(part, straightTolerance * Math.max(width, height))
      return corners.slice(1).map((corner, index): Side => [corners[index], corner])
    })
    .filter(([a, b]) => !isOnImageBorder(a, b, width, height))
}

function shareOf(sides: readonly Side[], isMeant: (side: Side) => boolean): number {
  const total = sides.reduce((sum, side) => sum + sideLength(side), 0)
  return total > 0 ? sides.filter(isMeant).reduce((sum, side) => sum + sideLength(side), 0) / total : 0
}

/** Whether few long straight sides make up the border, as a collimator's blades do and a body's outline does not. */
function isPolygonal(hull: readonly Vector2[], width: number, height: number): boolean {
  const sides = innerSides(hull, width, height)
  const leastLength = shortestSide * Math.max(width, height)
  return sides.length <= 10 && shareOf(sides, (side) => sideLength(side) >= leastLength) >= 0.9
}

/** Whether the hull's sides within the image run along its rows and columns. */
export function hasUprightSides(hull: readonly Vector2[], width: number, height: number): boolean {
  const isUpright = ([a, b]: Side) => {
    const [x, y] = [Math.abs(b[0] - a[0]), Math.abs(b[1] - a[1])]
    return Math.min(x, y) <= Math.tan((uprightToleranceDeg * Math.PI) / 180) * Math.max(x, y)
  }
  return shareOf(innerSides(hull, width, height), isUpright) >= 0.9
}

/** The shape of a field's border. `points` lie on it, without those on the image's own border; `hull` encloses them. */
export function borderShape(
  points: readonly Vector2[],
  hull: readonly Vector2[],
  width: number,
  height: number,
): BorderShape {
  if (points.length < 16) return 'other'
  if (isCircular(points)) return 'circular'
  return isPolygonal(hull, width, height) ? 'polygonal' : 'other'
}
