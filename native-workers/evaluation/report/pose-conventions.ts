import { type Camera } from '../../contract/files/camera.js'
import { type Matrix3, type Matrix4, type Vector3 } from '../../contract/matrix.js'
import { diffdrrFromPose } from '../../geometry/adapters/diffdrr.js'
import { linearPart, multiply3, multiply4, transformPoint, transpose3 } from '../../geometry/matrix.js'
import { eulerFromRotation, toDegrees } from '../../geometry/rotations/euler.js'

/** A pose of one X-ray in the ways in which people write it. */
export interface PoseConventions {
  readonly cameraFromVolume: Matrix4
  /** xvr and DiffDRR: "ZXY" angles and a translation along the rotated axes, in RAS about the CT's centre. */
  readonly diffdrr: {
    readonly anglesDeg: Vector3
    readonly translationMm: Vector3
    readonly orientation: 'AP'
    readonly reverseXAxis: boolean
  }
  /** As the window shows it: the isocentre in camera axes, and the turn out of the AP view. */
  readonly cameraAxes: {
    readonly isocentreMm: Vector3
    readonly turnDeg: number
    readonly tiltDeg: number
    readonly rollDeg: number
  }
}

/** Rotation of an AP view: camera x = patient left, y = inferior, z = posterior. */
const cameraFromVolumeAp: Matrix3 = [
  [1, 0, 0],
  [0, 0, -1],
  [0, 1, 0],
]

/**
 * @param centres of the CT's grid, which DiffDRR counts from, and the isocentre that rotations turn about; LPS mm
 * @param mirroredColumns whether the X-ray is seen from the detector's side
 */
export function poseConventions(
  camera: Camera,
  worldFromVolume: Matrix4,
  { gridCentreMm, isocentreMm }: { readonly gridCentreMm: Vector3; readonly isocentreMm: Vector3 },
  mirroredColumns: boolean,
): PoseConventions {
  const cameraFromVolume = multiply4(camera.cameraFromWorld, worldFromVolume)
  const side = { orientation: 'AP', reverseXAxis: !mirroredColumns } as const
  const { rotation, translationMm } = diffdrrFromPose(
    cameraFromVolume,
    gridCentreMm,
    side.orientation,
    side.reverseXAxis,
  )
  const [a, b, c] = eulerFromRotation('ZXY', rotation)
  const fromAp = multiply3(linearPart(cameraFromVolume), transpose3(cameraFromVolumeAp))
  // First the turn about y, then the tilt about x, then the roll about z.
  const [roll, tilt, turn] = eulerFromRotation('ZXY', fromAp)
  return {
    cameraFromVolume,
    diffdrr: { ...side, translationMm, anglesDeg: [toDegrees(a), toDegrees(b), toDegrees(c)] },
    cameraAxes: {
      isocentreMm: transformPoint(cameraFromVolume, isocentreMm),
      turnDeg: toDegrees(turn),
      tiltDeg: toDegrees(tilt),
      rollDeg: toDegrees(roll),
    },
  }
}
