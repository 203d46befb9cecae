import type { Matrix3, Vector3 } from '../../../native-workers/contract/matrix.js'
import {
  cross,
  degrees,
  dot,
  multiply3,
  rotate,
  rotationFromVector,
  scale,
  unit,
} from '../../geometry/math.js'
import { planes, planeNames, type Plane, type PlaneName } from './plane.js'

/** How each plane is turned out of its straight position, about the crosshair; null: not at all. */
export type PlaneTurns = Readonly<Record<PlaneName, Matrix3 | null>>

export const straightPlanes: PlaneTurns = { axial: null, sagittal: null, coronal: null }

const identity3: Matrix3 = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
]

/** A plane as it now lies. A straight one is the table's own, with exact zeros, which reslicing along the axes needs. */
export function turnedPlane(name: PlaneName, turns: PlaneTurns): Plane {
  const straight = planes[name]
  const turn = turns[name]
  if (turn === null) return straight
  const right = rotate(turn, straight.right)
  const down = rotate(turn, straight.down)
  const [left, rightLetters] = edgeLetters(right)
  const [top, bottom] = edgeLetters(down)
  return {
    right,
    down,
    normal: rotate(turn, straight.normal),
    axis: straight.axis,
    isStraight: false,
    letters: { left, right: rightLetters, top, bottom },
  }
}

/**
 * Turns the two other planes about the normal of the one named, by `angleRad` clockwise as seen on its screen; it stays
 * itself, so that all three stay at right angles.
 */
export function withOthersTurned(turns: PlaneTurns, name: PlaneName, angleRad: number): PlaneTurns {
  const { right, down } = turnedPlane(name, turns)
  const rotation = rotationFromVector(scale(unit(cross(right, down)), angleRad))
  const turned = (other: PlaneName): Matrix3 | null =>
    other === name ? turns[other] : multiply3(rotation, turns[other] ?? identity3)
  return { axial: turned('axial'), sagittal: turned('sagittal'), coronal: turned('coronal') }
}

/** The angle between a plane as it lies and its straight position, degrees. */
export function tiltDeg(name: PlaneName, turns: PlaneTurns): number {
  const cosine = dot(planes[name].normal, turnedPlane(name, turns).normal)
  return degrees(Math.acos(Math.min(1, Math.max(-1, cosine))))
}

/** The line where another plane cuts this one: its direction on this one's screen, a unit vector. */
export function cutDirection(plane: Plane, other: Plane): { readonly x: number; readonly y: number } {
  const line = unit(cross(plane.normal, other.normal))
  return { x: dot(line, plane.right), y: dot(line, plane.down) }
}

/** The other two planes. */
export const othersOf = (name: PlaneName): readonly PlaneName[] =>
  planeNames.filter((other) => other !== name)

const letters = [
  ['L', 'R'],
  ['P', 'A'],
  ['S', 'I'],
] as const

/** A direction within this angle of an axis' plane is not said to point along that axis: the sine of 5 degrees. */
const leastShare = Math.sin((5 * Math.PI) / 180)

/** The letters of all directions of the patient that a unit vector points along, the largest part first: "L", "LA", "SAL". */
export function directionLetters(direction: Vector3): string {
  return direction
    .map((part, axis) => ({ size: Math.abs(part), letter: letters[axis]?.[part > 0 ? 0 : 1] ?? '' }))
    .filter(({ size }) => size > leastShare)
    .sort((a, b) => b.size - a.size)
    .map(({ letter }) => letter)
    .join('')
}

/** Letters at the near and at the far end of a direction. */
function edgeLetters(direction: Vector3): readonly [string, string] {
  return [directionLetters(scale(direction, -1)), directionLetters(direction)]
}
