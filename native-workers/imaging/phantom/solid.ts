import { type Matrix3, type Matrix4, type Vector3 } from '../../contract/matrix.js'
import {
  affine,
  cross,
  diagonal3,
  distance,
  identity3,
  invertAffine,
  linearPart,
  multiply3,
  multiply4,
  normalized,
  scale,
  subtract,
  add,
  transpose3,
} from '../../geometry/matrix.js'
import { type Tissue } from './tissue.js'

/** A unit sphere, or the cylinder x^2 + y^2 <= 1, |z| <= 1, under an affine map. */
export interface Shape {
  readonly kind: 'ellipsoid' | 'cylinder'
  /** Unit shape to phantom LPS mm. */
  readonly phantomFromShape: Matrix4
}

/** A shape filled with one tissue. Where solids overlap, the highest rank wins. */
export interface Solid extends Shape {
  readonly tissue: Tissue
  readonly rank: number
  /** Label of the structure it belongs to, 0 for none. */
  readonly label: number
}

/** Ranks by what lies inside what. */
export const ranks = {
  body: 1,
  organ: 4,
  gas: 6,
  cortex: 10,
  spongiosa: 11,
  jointSpace: 12,
  head: 13,
  headSpongiosa: 14,
  canal: 16,
}

export interface Placement {
  readonly centreMm: Vector3
  /** Half axes; for a cylinder [x, y, half its height]. */
  readonly halfAxesMm: Vector3
  /** Columns are the directions of the half axes. */
  readonly axes?: Matrix3
}

/** A shape in a part's own frame, placed by `phantomFromPart`. */
export function shapeIn(
  phantomFromPart: Matrix4,
  kind: Shape['kind'],
  { centreMm, halfAxesMm: [a, b, c], axes = identity3 }: Placement,
): Shape {
  const partFromShape = affine(multiply3(axes, diagonal3(a, b, c)), centreMm)
  return { kind, phantomFromShape: multiply4(phantomFromPart, partFromShape) }
}

/** The placement of a slender shape whose third half axis joins two points and reaches `overshootMm` beyond each. */
export function joining(
  from: Vector3,
  to: Vector3,
  radiiMm: readonly [number, number],
  overshootMm = 0,
): Placement {
  const along = normalized(subtract(to, from))
  const aside = normalized(cross(Math.abs(along[2]) < 0.9 ? [0, 0, 1] : [0, 1, 0], along))
  return {
    centreMm: scale(add(from, to), 0.5),
    halfAxesMm: [radiiMm[0], radiiMm[1], distance(from, to) / 2 + overshootMm],
    axes: transpose3([aside, cross(along, aside), along]),
  }
}

/** A path with its corners cut once (Chaikin 1974); the ends stay. */
export function rounded(points: readonly Vector3[]): Vector3[] {
  const between = (a: Vector3, b: Vector3, share: number) => add(scale(a, 1 - share), scale(b, share))
  const cut = points
    .slice(1)
    .flatMap((to, index) => [between(points[index], to, 0.25), between(points[index], to, 0.75)])
  return [points[0], ...cut.slice(1, -1), points[points.length - 1]]
}

/** Rods of one radius with round ends through a row of points, as parts of a bone. */
export function rods(points: readonly Vector3[], radiusMm: number): (Placement & { kind: Shape['kind'] })[] {
  const rodTo = (to: Vector3, index: number) => ({
    ...joining(points[index], to, [radiusMm, radiusMm]),
    kind: 'cylinder' as const,
  })
  const halfAxesMm: Vector3 = [radiusMm, radiusMm, radiusMm]
  const balls = points.map((centreMm) => ({ kind: 'ellipsoid' as const, centreMm, halfAxesMm }))
  return [...points.slice(1).map(rodTo), ...balls]
}

/**
 * A bone: a cortical shell around spongy bone. Shells of one bone merge where its parts overlap, because the
 * spongy inside of any part outranks every shell.
 */
export function boneParts(
  phantomFromPart: Matrix4,
  label: number,
  cortexMm: number,
  parts: readonly (Placement & { kind?: Shape['kind'] })[],
  outerRank = ranks.cortex,
): Solid[] {
  return parts.flatMap((part) => {
    const { kind = 'ellipsoid' } = part
    const [a, b, c] = part.halfAxesMm
    const inside: Placement = {
      ...part,
      halfAxesMm: [shrunk(a, cortexMm), shrunk(b, cortexMm), shrunk(c, cortexMm)],
    }
    return [
      { ...shapeIn(phantomFromPart, kind, part), tissue: 'cortical', rank: outerRank, label },
      { ...shapeIn(phantomFromPart, kind, inside), tissue: 'cancellous', rank: outerRank + 1, label },
    ]
  })
}

/** Thin plates keep some inside. */
const shrunk = (halfAxisMm: number, cortexMm: number): number =>
  Math.max(halfAxisMm - cortexMm, 0.35 * halfAxisMm)

/** Half extents along the phantom's axes of the box around a shape, about `centreOf`. */
export function halfExtents({ kind, phantomFromShape }: Shape): Vector3 {
  const extent = ([x, y, z]: Vector3): number =>
    kind === 'ellipsoid' ? Math.hypot(x, y, z) : Math.hypot(x, y) + Math.abs(z)
  const rows = linearPart(phantomFromShape)
  return [extent(rows[0]), extent(rows[1]), extent(rows[2])]
}

export const centreOf = ({ phantomFromShape: m }: Shape): Vector3 => [m[0][3], m[1][3], m[2][3]]

export const shapeFromPhantom = ({ phantomFromShape }: Shape): Matrix4 => invertAffine(phantomFromShape)
