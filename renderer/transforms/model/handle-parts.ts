/** A place of the screen, CSS pixels. */
export interface At {
  readonly x: number
  readonly y: number
}

/** Of the ring around the pivot, CSS pixels. */
export const ringRadius = 64
/** So far beside the ring a hand still means it. */
const tolerance = 8

/** What a press at a place takes hold of: inside of the ring shifts, the ring turns. */
export function partAt(centre: At, at: At): 'shift' | 'turn' | null {
  const distance = Math.hypot(at.x - centre.x, at.y - centre.y)
  if (distance <= ringRadius - tolerance) return 'shift'
  return distance <= ringRadius + tolerance ? 'turn' : null
}

/** The angle between two places as seen from the centre, -pi..pi, clockwise on the screen. */
export function turnBetween(centre: At, from: At, to: At): number {
  const before = Math.atan2(from.y - centre.y, from.x - centre.x)
  const after = Math.atan2(to.y - centre.y, to.x - centre.x)
  const difference = after - before
  return difference - 2 * Math.PI * Math.round(difference / (2 * Math.PI))
}

/**
 * How far a motion on the screen goes along a line that is seen as `along` (pixels per unit). Zero where the line is
 * seen end on: nothing could be told then.
 */
export function unitsAlong(along: At, motion: At): number {
  const square = along.x * along.x + along.y * along.y
  return square < 1e-6 ? 0 : (motion.x * along.x + motion.y * along.y) / square
}
