import type { Matrix3, Matrix4, Vector3 } from '../../native-workers/contract/matrix.js'
import {
  add,
  compose,
  degrees,
  inverseRigid,
  multiply3,
  multiply4,
  radians,
  rotate,
  rotationFromVector,
  rotationOf,
  subtract,
  transformPoint,
  transpose3,
} from './math.js'

/**
 * A pose as a person reads it. The position is the volume's isocentre in camera axes (x along the
 * image's columns, y down its rows, z from the source). The angles turn the patient out of the AP view
 * (source in front, patient's left on the image's right): first `turnDeg` about the image's vertical
 * axis, then `tiltDeg` about its horizontal one, then `rollDeg` in the image plane.
 */
export interface PoseNumbers {
  readonly xMm: number
  readonly yMm: number
  readonly zMm: number
  readonly tiltDeg: number
  readonly turnDeg: number
  readonly rollDeg: number
}

/** Rotation of an AP view: camera x = patient left, y = inferior, z = posterior. */
const cameraFromVolumeAp: Matrix3 = [
  [1, 0, 0],
  [0, 0, -1],
  [0, 1, 0],
]

/** cameraFromVolume of a pose about `isocentreMm` (the volume's LPS millimetres). */
export function cameraFromVolumeOf(pose: PoseNumbers, isocentreMm: Vector3): Matrix4 {
  const roll = rotationFromVector([0, 0, radians(pose.rollDeg)])
  const tilt = rotationFromVector([radians(pose.tiltDeg), 0, 0])
  const turn = rotationFromVector([0, radians(pose.turnDeg), 0])
  const rotation = multiply3(roll, multiply3(tilt, multiply3(turn, cameraFromVolumeAp)))
  return compose(rotation, subtract([pose.xMm, pose.yMm, pose.zMm], rotate(rotation, isocentreMm)))
}

/**
 * Inverse of {@link cameraFromVolumeOf}. At a tilt of exactly ±90° turn and roll act alike; the whole angle
 * is then reported as roll.
 */
export function poseNumbersOf(cameraFromVolume: Matrix4, isocentreMm: Vector3): PoseNumbers {
  const [xMm, yMm, zMm] = transformPoint(cameraFromVolume, isocentreMm)
  const m = multiply3(rotationOf(cameraFromVolume), transpose3(cameraFromVolumeAp))
  const tilt = Math.asin(Math.min(1, Math.max(-1, m[2][1])))
  const locked = Math.abs(m[2][1]) > 1 - 1e-12
  const turn = locked ? 0 : Math.atan2(-m[2][0], m[2][2])
  const roll = locked ? Math.atan2(m[1][0], m[0][0]) : Math.atan2(-m[0][1], m[1][1])
  return { xMm, yMm, zMm, tiltDeg: degrees(tilt), turnDeg: degrees(turn), rollDeg: degrees(roll) }
}

/** A step of the pose in camera axes: a rotation vector about the isocentre and a shift. */
export interface PoseStep {
  readonly rotationDeg: Vector3
  readonly translationMm: Vector3
}

/** worldFromVolume after a step in the axes of one camera, about the isocentre. */
export function stepped(
  worldFromVolume: Matrix4,
  cameraFromWorld: Matrix4,
  isocentreMm: Vector3,
  step: PoseStep,
): Matrix4 {
  const cameraFromVolume = multiply4(cameraFromWorld, worldFromVolume)
  const centre = transformPoint(cameraFromVolume, isocentreMm)
  const [wx, wy, wz] = step.rotationDeg
  const rotation = rotationFromVector([radians(wx), radians(wy), radians(wz)])
  const moved = add(subtract(centre, rotate(rotation, centre)), step.translationMm)
  const next = multiply4(compose(rotation, moved), cameraFromVolume)
  return multiply4(inverseRigid(cameraFromWorld), next)
}
