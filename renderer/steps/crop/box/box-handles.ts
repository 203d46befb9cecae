import type { BoxFace } from './crop-box.js'

export interface HandlePoint {
  readonly x: number
  readonly y: number
}

/** A corner of a box's outline on the screen, with the face of the edge that follows it. */
export interface OutlineCorner extends HandlePoint {
  readonly face: BoxFace
}

/** What a press would take hold of: one face (an edge), two (a corner), or the whole box. */
export type BoxGrip =
  | { readonly kind: 'faces'; readonly faces: readonly BoxFace[]; readonly cursor: string }
  | { readonly kind: 'inside'; readonly cursor: string }

/** How near a press must be, CSS pixels. */
const cornerReach = 9
const edgeReach = 6

const wrapped = (n: number, count: number): number => ((n % count) + count) % count

/** The grip under a point of the screen; null where there is none. */
export function gripAt(outline: readonly OutlineCorner[], at: HandlePoint): BoxGrip | null {
  const count = outline.length
  if (count < 3) return null
  const centre = {
    x: outline.reduce((sum, { x }) => sum + x, 0) / count,
    y: outline.reduce((sum, { y }) => sum + y, 0) / count,
  }
  const nearest = nearestCorner(outline, at)
  const corner = outline[nearest]
  const before = outline[wrapped(nearest - 1, count)]
  if (corner !== undefined && before !== undefined && distance(corner, at) <= cornerReach) {
    const cursor = resizeCursor(corner.x - centre.x, corner.y - centre.y)
    return { kind: 'faces', faces: [before.face, corner.face], cursor }
  }
  for (const [n, from] of outline.entries()) {
    const to = outline[(n + 1) % count] ?? from
    if (distanceToSegment(from, to, at) <= edgeReach) {
      // Across the edge.
      return { kind: 'faces', faces: [from.face], cursor: resizeCursor(to.y - from.y, from.x - to.x) }
    }
  }
  return isInside(outline, at) ? { kind: 'inside', cursor: 'move' } : null
}

function nearestCorner(outline: readonly OutlineCorner[], at: HandlePoint): number {
  const distances = outline.map((corner) => distance(corner, at))
  return distances.indexOf(Math.min(...distances))
}

const distance = (a: HandlePoint, b: HandlePoint): number => Math.hypot(a.x - b.x, a.y - b.y)

function distanceToSegment(from: HandlePoint, to: HandlePoint, at: HandlePoint): number {
  const [dx, dy] = [to.x - from.x, to.y - from.y]
  const lengthSquared = dx * dx + dy * dy
  const share =
    lengthSquared === 0
      ? 0
      : Math.min(1, Math.max(0, ((at.x - from.x) * dx + (at.y - from.y) * dy) / lengthSquared))
  return distance({ x: from.x + share * dx, y: from.y + share * dy }, at)
}

/** For a convex outline: the point lies on the same side of all edges. */
function isInside(outline: readonly OutlineCorner[], at: HandlePoint): boolean {
  const sides = outline.map((from, n) => {
    const to = outline[(n + 1) % outline.length] ?? from
    return (to.x - from.x) * (at.y - from.y) - (to.y - from.y) * (at.x - from.x)
  })
  return sides.every((side) => side >= 0) || sides.every((side) => side <= 0)
}

const cursors = ['ew-resize', 'nwse-resize', 'ns-resize', 'nesw-resize'] as const

/** The cursor whose arrow lies nearest to a direction of the screen. */
function resizeCursor(dx: number, dy: number): string {
  const eighths = Math.round((Math.atan2(dy, dx) / Math.PI) * 4)
  return cursors[wrapped(eighths, 4)] ?? 'move'
}
