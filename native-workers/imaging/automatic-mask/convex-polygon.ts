import { type Vector2 } from '../../contract/matrix.js'

/** Twice the area of the triangle; positive when the corner at `b` turns from +x towards +y. */
const turn = (a: Vector2, b: Vector2, c: Vector2): number =>
  (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])

/** The convex hull, its corners in the order in which x turns towards y (Andrew's monotone chain). */
export function convexHull(points: readonly Vector2[]): Vector2[] {
  const sorted = [...points].sort((a, b) => a[0] - b[0] || a[1] - b[1])
  const chain = (ordered: readonly Vector2[]) => {
    const corners: Vector2[] = []
    for (const point of ordered) {
      while (
        corners.length >= 2 &&
        turn(corners[corners.length - 2], corners[corners.length - 1], point) <= 0
      ) {
        corners.pop()
      }
      corners.push(point)
    }
    return corners.slice(0, -1)
  }
  return [...chain(sorted), ...chain(sorted.reverse())]
}

/** Area of a convex polygon. */
export function polygonArea(corners: readonly Vector2[]): number {
  return (
    corners.reduce((sum, [x, y], index) => {
      const [nextX, nextY] = corners[(index + 1) % corners.length]
      return sum + x * nextY - nextX * y
    }, 0) / 2
  )
}

/** Whether both ends of an edge lie on the same side of the rectangle from (0, 0) to (width, height). */
export function isOnImageBorder(a: Vector2, b: Vector2, width: number, height: number): boolean {
  const isAt = (axis: 0 | 1, value: number) =>
    Math.abs(a[axis] - value) < 1e-6 && Math.abs(b[axis] - value) < 1e-6
  return isAt(0, 0) || isAt(1, 0) || isAt(0, width) || isAt(1, height)
}

/**
 * 1 for the pixels whose centres lie inside the polygon and at least `margin` away from its edges; edges on the
 * image's own border have no margin. Corners in pixels from the image's top-left corner, as `convexHull` orders them.
 */
export function fillInside(
  corners: readonly Vector2[],
  margin: number,
  width: number,
  height: number,
): Uint8Array {
  const halfPlanes = corners.map((a, index) => {
    const b = corners[(index + 1) % corners.length]
    const length = Math.hypot(b[0] - a[0], b[1] - a[1])
    const normal: Vector2 = [-(b[1] - a[1]) / length, (b[0] - a[0]) / length]
    const offset = normal[0] * a[0] + normal[1] * a[1] + (isOnImageBorder(a, b, width, height) ? 0 : margin)
    return { normal, offset }
  })
  const inside = new Uint8Array(width * height)
  for (let y = 0; y < height; y++) {
    let from = 0
    let to = width
    for (const { normal, offset } of halfPlanes) {
      const rest = offset - normal[1] * (y + 0.5)
      if (Math.abs(normal[0]) < 1e-12) {
        if (rest > 0) to = 0
      } else if (normal[0] > 0) from = Math.max(from, rest / normal[0])
      else to = Math.min(to, rest / normal[0])
    }
    for (let x = Math.ceil(from - 0.5); x + 0.5 <= to && x < width; x++) inside[y * width + x] = 1
  }
  return inside
}
