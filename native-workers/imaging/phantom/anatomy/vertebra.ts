import { type Matrix4, type Vector3 } from '../../../contract/matrix.js'
import { affine, diagonal3, multiply4, transformPoint } from '../../../geometry/matrix.js'
import { rotationFromVector } from '../../../geometry/rigid.js'
import { toRadians } from '../../../geometry/rotations/euler.js'
import { boneParts, joining, ranks, shapeIn, type Solid } from '../solid.js'
import { labelOf, type StructureName } from './structures.js'

interface Level {
  readonly name: StructureName
  /** Centre of the vertebral body; x to the patient's left, y backward, z upward. */
  readonly centreMm: Vector3
  /** Forward tilt of the upper endplate (lordosis), to the side (scoliosis), and about the long axis. */
  readonly tiltDeg: Vector3
  /** Of the width and depth; heights go with `heightScale`. */
  readonly scale: number
  readonly heightScale: number
}

/** A gentle lordosis, and a slight scoliosis so that left and right differ. */
const levels: readonly Level[] = [
  { name: 'vertebra T12', centreMm: [4, 12, 106], tiltDeg: [-7, 2, 1], scale: 0.88, heightScale: 0.92 },
  { name: 'vertebra L1', centreMm: [5, 6, 71], tiltDeg: [-9, 1, 2], scale: 0.92, heightScale: 0.96 },
  { name: 'vertebra L2', centreMm: [4, 1, 35.5], tiltDeg: [-6, -2, 2], scale: 0.96, heightScale: 1 },
  { name: 'vertebra L3', centreMm: [1.5, -1, -1], tiltDeg: [0, -4, 1], scale: 1, heightScale: 1.02 },
  { name: 'vertebra L4', centreMm: [-1.5, 1, -38], tiltDeg: [8, -3, -1], scale: 1.04, heightScale: 1.02 },
  { name: 'vertebra L5', centreMm: [-2, 9, -74], tiltDeg: [19, -1, -2], scale: 1.08, heightScale: 1 },
]

/** Shell of vertebrae, mm. */
const cortexMm = 1.3
const halfHeightMm = 13.5

/** Bones of T12 to L5, the discs below them and the canal. */
export const vertebrae = (): Solid[] => levels.flatMap(vertebra)

/** Two landmarks per vertebra: the middle of its body and the tip of its spinous process. */
export const vertebraLandmarks = (): { name: string; position: Vector3 }[] =>
  levels.flatMap((level) => {
    const place = placeOf(level)
    return [
      { name: `${level.name} body centre`, position: transformPoint(place, [0, 0, 0]) },
      { name: `${level.name} spinous process tip`, position: transformPoint(place, spinousTip) },
    ]
  })

const spinousTip: Vector3 = [0, 72, -13]

/** Parts are modelled on L3 and scaled; cylinders stay cylinders under it. */
function placeOf({ centreMm, tiltDeg, scale, heightScale }: Level): Matrix4 {
  const turn = rotationFromVector([toRadians(tiltDeg[0]), toRadians(tiltDeg[1]), toRadians(tiltDeg[2])])
  return multiply4(affine(turn, centreMm), affine(diagonal3(scale, scale, heightScale), [0, 0, 0]))
}

function vertebra(level: Level): Solid[] {
  const place = placeOf(level)
  const label = labelOf(level.name)
  const body = boneParts(place, label, cortexMm, [
    { kind: 'cylinder', centreMm: [0, 0, 0], halfAxesMm: [21.5, 15, halfHeightMm - 0.6] },
    { kind: 'cylinder', centreMm: [0, 0, halfHeightMm - 1.7], halfAxesMm: [24.5, 17.2, 1.7] },
    { kind: 'cylinder', centreMm: [0, 0, 1.7 - halfHeightMm], halfAxesMm: [24.5, 17.2, 1.7] },
  ])
  const arch = [1, -1].flatMap((side) => boneParts(place, label, cortexMm, archOfSide(side)))
  const spinous = boneParts(place, label, cortexMm, [joining([0, 40, 0], spinousTip, [3.4, 9.5])])
  const disc: Solid = {
    ...shapeIn(place, 'cylinder', { centreMm: [0, 0, -halfHeightMm - 4.5], halfAxesMm: [23, 16.5, 5] }),
    tissue: 'disc',
    rank: ranks.organ,
    label: 0,
  }
  const canal: Solid = {
    ...shapeIn(place, 'ellipsoid', { centreMm: [0, 26.5, 0], halfAxesMm: [10, 7.5, 24] }),
    tissue: 'fluid',
    rank: ranks.canal,
    label: 0,
  }
  return [...body, ...arch, ...spinous, disc, canal]
}

/** Pedicle, lamina, transverse and articular processes of one side (1 left, -1 right). */
const archOfSide = (side: number) => [
  joining([14 * side, 12, 5], [16 * side, 34, 4], [4.6, 7.5]),
  joining([17 * side, 34, 2], [2 * side, 46, -5], [3.8, 9.5], 2),
  joining([16 * side, 31, 4], [(side > 0 ? 46 : 43) * side, 35, 3 * side], [3.6, 6.2], 1),
  joining([17 * side, 36, 4], [17.5 * side, 35, 21], [5.2, 6.4], 1),
  joining([15 * side, 40, -4], [14.5 * side, 43, -21], [5, 5.6], 1),
]
