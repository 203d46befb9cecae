import type { ImagePointsFile, PointsFile } from '../../native-workers/contract/files/points.js'
import type { Vector2, Vector3 } from '../../native-workers/contract/matrix.js'
import { defaultColour } from '../labels/label-colours.js'

/** A point that is, or will be, known in the CT and in X-rays. Names are unique: files pair the halves by them. */
export interface PointPair {
  readonly id: number
  readonly name: string
  readonly colour: string
  /** LPS mm of the CT. */
  readonly positionMm: Vector3 | null
  /** By the X-ray's number in this session; pixels of the X-ray before any crop. */
  readonly pixels: ReadonlyMap<number, Vector2>
}

/** Which half of a pair: the CT's, or that of the X-ray with this number. */
export type PointHalf = 'volume' | number

export const hasHalf = (pair: PointPair, half: PointHalf): boolean =>
  half === 'volume' ? pair.positionMm !== null : pair.pixels.has(half)

/** P1, P2, … : the first that is free. */
export function freeName(pairs: readonly PointPair[]): string {
  const taken = new Set(pairs.map(({ name }) => name))
  for (let number = 1; ; number++) if (!taken.has(`P${number}`)) return `P${number}`
}

/** A pair without halves, after all others, in a colour that none of the last ones has. */
export function withNew(pairs: readonly PointPair[], name = freeName(pairs)): readonly PointPair[] {
  const id = Math.max(0, ...pairs.map((pair) => pair.id)) + 1
  return [...pairs, { id, name, colour: defaultColour(id), positionMm: null, pixels: new Map() }]
}

function changed(
  pairs: readonly PointPair[],
  id: number,
  change: (pair: PointPair) => PointPair,
): readonly PointPair[] {
  return pairs.map((pair) => (pair.id === id ? change(pair) : pair))
}

export const withPosition = (
  pairs: readonly PointPair[],
  id: number,
  positionMm: Vector3 | null,
): readonly PointPair[] => changed(pairs, id, (pair) => ({ ...pair, positionMm }))

export const withPixel = (
  pairs: readonly PointPair[],
  id: number,
  xrayId: number,
  pixel: Vector2,
): readonly PointPair[] =>
  changed(pairs, id, (pair) => ({ ...pair, pixels: new Map(pair.pixels).set(xrayId, pixel) }))

export const withColour = (pairs: readonly PointPair[], id: number, colour: string): readonly PointPair[] =>
  changed(pairs, id, (pair) => ({ ...pair, colour }))

/** Null where the name is empty or another pair's. */
export function renamed(pairs: readonly PointPair[], id: number, name: string): readonly PointPair[] | null {
  const next = name.trim()
  if (next === '' || pairs.some((pair) => pair.id !== id && pair.name === next)) return null
  return changed(pairs, id, (pair) => ({ ...pair, name: next }))
}

export const without = (pairs: readonly PointPair[], id: number): readonly PointPair[] =>
  pairs.filter((pair) => pair.id !== id)

/** One place up (-1) or down (1); unchanged at the end. */
export function moved(pairs: readonly PointPair[], id: number, by: -1 | 1): readonly PointPair[] {
  const from = pairs.findIndex((pair) => pair.id === id)
  const other = pairs[from + by]
  const pair = pairs[from]
  if (pair === undefined || other === undefined) return pairs
  return pairs.map((kept, index) => (index === from ? other : index === from + by ? pair : kept))
}

/** The pairs with points of a file: those of a name take the place, others come after. */
export function withFile(
  pairs: readonly PointPair[],
  half: PointHalf,
  points: readonly { readonly name: string; readonly at: Vector2 | Vector3 }[],
): readonly PointPair[] {
  return points.reduce((present, { name, at }) => {
    const known = present.some((pair) => pair.name === name) ? present : withNew(present, name)
    return known.map((pair) => {
      if (pair.name !== name) return pair
      if (half === 'volume') return at.length === 3 ? { ...pair, positionMm: at } : pair
      return at.length === 2 ? { ...pair, pixels: new Map(pair.pixels).set(half, at) } : pair
    })
  }, pairs)
}

/** Which pair a click places: the chosen one, else the first that lacks this half; null for a new one. */
export function nextToPlace(
  pairs: readonly PointPair[],
  half: PointHalf,
  chosenId: number | null,
): PointPair | null {
  const lacking = pairs.filter((pair) => !hasHalf(pair, half))
  return lacking.find(({ id }) => id === chosenId) ?? lacking[0] ?? null
}

/** The CT's half as a file. */
export function volumeFile(pairs: readonly PointPair[]): PointsFile {
  const points = pairs.flatMap(({ name, positionMm }) =>
    positionMm === null ? [] : [{ name, position: positionMm }],
  )
  return { schema: 'isocenter/points@1', frame: 'LPS', points }
}

/** An X-ray's half as a file. */
export function xrayFile(pairs: readonly PointPair[], xrayId: number): ImagePointsFile {
  const points = pairs.flatMap(({ name, pixels }) => {
    const pixel = pixels.get(xrayId)
    return pixel === undefined ? [] : [{ name, pixel }]
  })
  return { schema: 'isocenter/image-points@1', points }
}
