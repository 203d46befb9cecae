import type { Vector3 } from '../../../../native-workers/contract/matrix.js'
import { indexFromVolume } from '../../../geometry/grid.js'
import { add, rotate, rotationOf, scale, transformPoint } from '../../../geometry/math.js'
import { boxFaces, faceIndex, type BoxFace, type CropBox } from './crop-box.js'

/** A plane in LPS mm: a point on it, and two unit vectors along it. */
export interface SectionPlane {
  readonly pointMm: Vector3
  readonly right: Vector3
  readonly down: Vector3
}

export interface SectionVertex {
  readonly pointMm: Vector3
  /** The face that the edge from this vertex to the next one lies on. */
  readonly face: BoxFace
}

interface Corner {
  /** Along `right` and `down` from the plane's point, mm. */
  readonly u: number
  readonly v: number
  readonly face: BoxFace | null
}

/** Farther out than any CT reaches from a point near it. */
const farMm = 1e5

/**
 * Where a plane cuts a box: a convex polygon of three to six corners, however plane and box lie to each other; empty
 * where the plane misses the box. A square is cut by the six faces in turn (Sutherland and Hodgman 1974).
 */
export function boxSection(box: CropBox, { pointMm, right, down }: SectionPlane): SectionVertex[] {
  const toIndex = indexFromVolume(box.grid)
  const start = transformPoint(toIndex, pointMm)
  const across = rotate(rotationOf(toIndex), right)
  const along = rotate(rotationOf(toIndex), down)
  let polygon: readonly Corner[] = [
    { u: -farMm, v: -farMm, face: null },
    { u: farMm, v: -farMm, face: null },
    { u: farMm, v: farMm, face: null },
    { u: -farMm, v: farMm, face: null },
  ]
  for (const face of boxFaces) {
    const sign = face.side === 'first' ? 1 : -1
    const inside = ({ u, v }: Corner): number =>
      sign * (start[face.axis] + u * across[face.axis] + v * along[face.axis] - faceIndex(box, face))
    polygon = cutBy(polygon, face, inside)
  }
  return polygon.flatMap(({ u, v, face }) =>
    face === null ? [] : [{ face, pointMm: add(pointMm, add(scale(right, u), scale(down, v))) }],
  )
}

/** The part of a polygon where `inside` is not negative; the new edge lies on `face`. */
function cutBy(polygon: readonly Corner[], face: BoxFace, inside: (corner: Corner) => number): Corner[] {
  return polygon.flatMap((from, n) => {
    const to = polygon[(n + 1) % polygon.length] ?? from
    const [a, b] = [inside(from), inside(to)]
    if (a >= 0 && b >= 0) return [from]
    if (a < 0 && b < 0) return []
    const share = a / (a - b)
    const crossing = { u: from.u + share * (to.u - from.u), v: from.v + share * (to.v - from.v) }
    return a >= 0 ? [from, { ...crossing, face }] : [{ ...crossing, face: from.face }]
  })
}
