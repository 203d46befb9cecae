import { type Matrix4, type Vector3 } from '../../../contract/matrix.js'
import { affine, identity4, transpose3, normalized, cross } from '../../../geometry/matrix.js'
import { rotationFromVector } from '../../../geometry/rigid.js'
import { toRadians } from '../../../geometry/rotations/euler.js'
import { boneParts, joining, ranks, rods, rounded, shapeIn, type Placement, type Solid } from '../solid.js'
import { labelOf } from './structures.js'

export const pelvis = (): Solid[] => [...sacrum(), ...hipBone(1), ...hipBone(-1), ...femur(1), ...femur(-1)]

export const pelvisLandmarks = (): { name: string; position: Vector3 }[] => [
  { name: 'sacral promontory', position: [-2, 4, -97] },
  ...([1, -1] as const).flatMap((side) => [
    { name: `anterior superior iliac spine ${sideName(side)}`, position: spine(side) },
    { name: `femoral head centre ${sideName(side)}`, position: hipCentre(side) },
  ]),
]

type Side = 1 | -1
const sideName = (side: Side) => (side > 0 ? 'left' : 'right')

/** The right hip bone stands a little lower and wider, so that a mirrored picture can be told. */
const lowering = (side: Side): number => (side > 0 ? 0 : -4)
const at = (side: Side, x: number, y: number, z: number): Vector3 => [
  side * x * (side > 0 ? 1 : 1.03) - 2,
  y,
  z + lowering(side),
]
const spine = (side: Side): Vector3 => at(side, 118, -28, -112)
const hipCentre = (side: Side): Vector3 => at(side, 86, 4, -183)

/** Segments from the promontory down the curve, with the wings, and the foramina between them. */
function sacrum(): Solid[] {
  const label = labelOf('sacrum')
  const segments: readonly [Vector3, number, Vector3][] = [
    [[-2, 24, -106], 38, [25, 16, 13]],
    [[-2, 42, -127], 28, [21, 11, 12.5]],
    [[-2, 53, -148], 14, [17, 8.5, 12]],
    [[-2, 57, -168], 0, [13, 7, 11]],
    [[-2, 55, -186], -18, [9, 6, 9]],
  ]
  const bodies = segments.flatMap(([centre, tiltDeg, halfAxesMm], index) =>
    boneParts(tilted(centre, tiltDeg), label, 1.4, [
      { kind: index === 0 ? ('cylinder' as const) : ('ellipsoid' as const), centreMm: [0, 0, 0], halfAxesMm },
    ]),
  )
  const wings = [1, -1].flatMap((side) =>
    boneParts(identity4, label, 1.4, [
      joining([side * 16 - 2, 28, -106], [side * 50 - 2, 38, -118], [13, 17], 6),
      joining([side * 12 - 2, 44, -126], [side * 34 - 2, 50, -142], [9, 15], 5),
      joining([side * 4 - 2, 52, -112], [side * 3 - 2, 68, -146], [4, 6], 3),
    ]),
  )
  const foramina = [1, -1].flatMap((side) =>
    (
      [
        [-118, 21],
        [-138, 18],
        [-157, 14],
      ] as const
    ).map(([z, x]): Solid => ({
      ...shapeIn(identity4, 'ellipsoid', { centreMm: [side * x - 2, 44, z], halfAxesMm: [4.2, 30, 4.2] }),
      tissue: 'fat',
      rank: ranks.canal,
      label: 0,
    })),
  )
  return [...bodies, ...wings, ...foramina]
}

const tilted = (centreMm: Vector3, tiltDeg: number): Matrix4 =>
  affine(rotationFromVector([toRadians(tiltDeg), 0, 0]), centreMm)

function hipBone(side: Side): Solid[] {
  const label = labelOf(side > 0 ? 'hip bone left' : 'hip bone right')
  const hip = hipCentre(side)
  const socket: Solid = {
    ...shapeIn(identity4, 'ellipsoid', { centreMm: hip, halfAxesMm: [26.5, 26.5, 26.5] }),
    tissue: 'fluid',
    rank: ranks.jointSpace,
    label: 0,
  }
  return [
    ...boneParts(identity4, label, 1.6, [
      wing(side),
      // The crest from back to front, down to the socket; the column behind; the socket; the pubic and ischial rami.
      ...rods(
        rounded([
          at(side, 50, 60, -98),
          at(side, 64, 50, -68),
          at(side, 92, 22, -60),
          at(side, 114, -8, -76),
          spine(side),
          at(side, 113, -26, -134),
          at(side, 98, -14, -160),
        ]),
        5,
      ),
      ...rods([at(side, 50, 60, -98), at(side, 56, 50, -124)], 7),
      joining(at(side, 60, 42, -116), at(side, 82, 10, -168), [10, 17], 10),
      { centreMm: [hip[0] - side * 8, hip[1] + 2, hip[2] + 6], halfAxesMm: [30, 33, 33] },
      ...rods(
        [at(side, 74, -14, -182), at(side, 44, -40, -196), at(side, 14, -48, -206), at(side, 12, -46, -226)],
        7,
      ),
      ...rods([at(side, 14, -44, -226), at(side, 62, 12, -252)], 6),
      ...rods([at(side, 80, 24, -190), at(side, 64, 26, -246)], 13),
    ]),
    socket,
  ]
}

/** The thin iliac wing, facing inward, forward and a little up. */
function wing(side: Side): Placement {
  const facing = normalized([side * -0.62, -0.68, 0.36])
  const forward = normalized(cross([0, 0, 1], facing))
  return {
    centreMm: at(side, 88, 18, -106),
    halfAxesMm: [50, 56, 5],
    axes: transpose3([forward, cross(facing, forward), facing]),
  }
}

function femur(side: Side): Solid[] {
  const label = labelOf(side > 0 ? 'femur left' : 'femur right')
  const hip = hipCentre(side)
  return boneParts(
    identity4,
    label,
    1.8,
    [
      { centreMm: hip, halfAxesMm: [24, 24, 24] },
      { ...joining(hip, at(side, 128, 10, -222), [15, 15]), kind: 'cylinder' },
      { centreMm: at(side, 134, 14, -218), halfAxesMm: [15, 18, 23] },
      { ...joining(at(side, 128, 10, -222), at(side, 122, 14, -330), [17, 17]), kind: 'cylinder' },
    ],
    ranks.head,
  )
}
