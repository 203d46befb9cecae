import { type Vector3 } from '../../../contract/matrix.js'
import { identity4 } from '../../../geometry/matrix.js'
import { boneParts, joining, ranks, rods, shapeIn, type Placement, type Shape, type Solid } from '../solid.js'
import { type Tissue } from '../tissue.js'
import { labelOf } from './structures.js'

const organ = (
  tissue: Tissue,
  placement: Placement,
  kind: Shape['kind'] = 'ellipsoid',
  rank: number = ranks.organ,
): Solid => ({ ...shapeIn(identity4, kind, placement), tissue, rank, label: 0 })

/** The trunk reaches beyond any CT of it, as patients do. */
const trunk = (tissue: Tissue, halfWidthMm: number, halfDepthMm: number, rank: number): Solid =>
  organ(tissue, { centreMm: [0, 2, -60], halfAxesMm: [halfWidthMm, halfDepthMm, 420] }, 'cylinder', rank)

export const softTissue = (): Solid[] => [
  trunk('fat', 162, 106, ranks.body),
  trunk('muscle', 149, 92, ranks.body + 1),
  organ('fat', { centreMm: [0, -26, -50], halfAxesMm: [128, 52, 400] }, 'cylinder', ranks.body + 2),
  ...[1, -1].flatMap((side) => [
    // Psoas, back muscles, kidney in its fat.
    organ('muscle', joining([side * 32, 14, 70], [side * 66, -8, -140], [19, 22], 20)),
    organ('muscle', { centreMm: [side * 34, 60, 0], halfAxesMm: [33, 24, 260] }),
    organ(
      'fat',
      { centreMm: [side * 68, 22, side > 0 ? 66 : 50], halfAxesMm: [33, 32, 62] },
      'ellipsoid',
      ranks.organ - 1,
    ),
    organ('muscle', { centreMm: [side * 68, 22, side > 0 ? 66 : 50], halfAxesMm: [26, 24, 52] }),
    organ('muscle', { centreMm: [side * 92, 62, -150], halfAxesMm: [52, 34, 62] }),
  ]),
  organ('liver', { centreMm: [-72, -22, 118], halfAxesMm: [72, 62, 66] }),
  organ('fluid', { centreMm: [62, -40, 120], halfAxesMm: [44, 36, 46] }),
  organ('fluid', { centreMm: [4, -34, -196], halfAxesMm: [38, 34, 28] }),
  organ('muscle', joining([8, -22, 130], [4, -20, -30], [10, 10])),
  ...bowel(),
  ...ribs(),
]

/** Loops filled with fluid, some with gas: unequal from side to side. */
function bowel(): Solid[] {
  const loops: readonly [Vector3, Vector3, Tissue][] = [
    [[-98, -18, -20], [22, 24, 66], 'fluid'],
    [[-96, -30, -62], [15, 12, 17], 'gas'],
    [[98, -8, 4], [17, 19, 72], 'fluid'],
    [[102, -22, 46], [11, 10, 25], 'gas'],
    [[-20, -56, 46], [82, 18, 18], 'fluid'],
    [[-48, -66, 50], [20, 9, 11], 'gas'],
    [[30, -62, 44], [17, 9, 9], 'gas'],
    [[-34, -44, -26], [30, 24, 20], 'fluid'],
    [[28, -46, -34], [36, 22, 18], 'fluid'],
    [[34, -54, -30], [13, 7, 8], 'gas'],
    [[-12, -44, -80], [44, 22, 20], 'fluid'],
    [[-30, -54, -76], [11, 6, 8], 'gas'],
    [[56, -22, -128], [30, 18, 18], 'fluid'],
    [[62, -30, -122], [15, 9, 9], 'gas'],
    [[6, 26, -190], [20, 18, 34], 'fluid'],
    [[8, 20, -180], [9, 9, 15], 'gas'],
  ]
  return loops.map(([centreMm, halfAxesMm, tissue]) =>
    organ(tissue, { centreMm, halfAxesMm }, 'ellipsoid', tissue === 'gas' ? ranks.gas : ranks.gas - 1),
  )
}

/** The twelfth ribs, the left one shorter. */
function ribs(): Solid[] {
  const rib = (points: readonly Vector3[]) => boneParts(identity4, labelOf('ribs'), 1.2, rods(points, 3.6))
  return [
    ...rib([
      [32, 44, 106],
      [72, 60, 90],
      [104, 50, 70],
    ]),
    ...rib([
      [-26, 44, 106],
      [-68, 60, 88],
      [-104, 50, 62],
      [-124, 28, 40],
    ]),
  ]
}
