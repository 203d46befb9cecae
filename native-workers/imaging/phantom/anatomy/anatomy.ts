import { type Vector3 } from '../../../contract/matrix.js'
import { type Solid } from '../solid.js'
import { pelvis, pelvisLandmarks } from './pelvis.js'
import { softTissue } from './soft-tissue.js'
import { vertebrae, vertebraLandmarks } from './vertebra.js'

/**
 * The built-in sample's anatomy: a lumbar spine with the pelvis in a trunk, from ellipsoids and elliptic cylinders
 * alone, so that line integrals through it are exact. Phantom frame: LPS mm, the origin at the third lumbar
 * vertebra. Sizes are of an average adult; left differs from right and front from back.
 */
export const anatomySolids = (): Solid[] => [...softTissue(), ...pelvis(), ...vertebrae()]

export const anatomyLandmarks = (): { name: string; position: Vector3 }[] => [
  ...vertebraLandmarks(),
  ...pelvisLandmarks(),
]

/** The box that the CT covers: T12 to the femoral necks, the trunk's width with air around it. */
export const scannedBox = { lowMm: [-168, -111, -228], highMm: [168, 114, 123] } as const
