import { type Camera } from '../../contract/files/camera.js'
import { type Matrix3, type Matrix4, type Vector3 } from '../../contract/matrix.js'
import { cameraFromNumbers } from '../../geometry/camera.js'
import { affine, multiply3, multiplyVector3, subtract, translation4 } from '../../geometry/matrix.js'
import { rotationFromVector } from '../../geometry/rigid.js'
import { rotationFromEuler, toRadians } from '../../geometry/rotations/euler.js'

/** Where the phantom's origin lies in the CT's LPS mm: anywhere but at its origin, as scanners place patients. */
export const phantomOriginMm: Vector3 = [-12.4, -151.3, 1043.7]

/** The point of the phantom that was brought near the C-arm's centre, phantom mm. */
const targetMm: Vector3 = [0, 8, -44]
/** How the patient lay: turned a little, and off the centre. World LPS mm, the origin where the two views cross. */
const patientTurn = rotationFromVector([toRadians(4), toRadians(-3), toRadians(6)])
const patientShiftMm: Vector3 = [9, 6, 12]

export const worldFromPhantom: Matrix4 = affine(
  patientTurn,
  subtract(patientShiftMm, multiplyVector3(patientTurn, targetMm)),
)
export const phantomFromVolume: Matrix4 = translation4([
  -phantomOriginMm[0],
  -phantomOriginMm[1],
  -phantomOriginMm[2],
])

/** Looks from the front: columns to the patient's left, rows down, the view backward. */
const frontView: Matrix3 = [
  [1, 0, 0],
  [0, 0, -1],
  [0, 1, 0],
]

interface Setup {
  readonly sddMm: number
  readonly sourceToCentreMm: number
  /** About the patient's long axis, then to the head. */
  readonly orbitDeg: number
  readonly tiltDeg: number
  readonly principalPoint: readonly [number, number]
}

const imageSize = { width: 512, height: 512 }
const pixelSpacingMm = [0.8, 0.8] as const

function cameraOf({ sddMm, sourceToCentreMm, orbitDeg, tiltDeg, principalPoint }: Setup): Camera {
  const orbit = rotationFromEuler('XZY', [toRadians(tiltDeg), toRadians(orbitDeg), 0])
  return {
    ...cameraFromNumbers({ imageSize, sddMm, pixelSpacingMm, principalPoint }),
    cameraFromWorld: affine(multiply3(frontView, orbit), [0, 0, sourceToCentreMm]),
  }
}

/** A calibrated pair: from the front, and from the side but not quite at a right angle. */
export const sampleViews: readonly { readonly name: string; readonly camera: Camera }[] = [
  {
    name: 'xray-ap',
    camera: cameraOf({
      sddMm: 1020,
      sourceToCentreMm: 700,
      orbitDeg: 0,
      tiltDeg: 0,
      principalPoint: [253.2, 259.6],
    }),
  },
  {
    name: 'xray-lateral',
    camera: cameraOf({
      sddMm: 1060,
      sourceToCentreMm: 730,
      orbitDeg: 86,
      tiltDeg: 3,
      principalPoint: [258.9, 254.1],
    }),
  },
]
