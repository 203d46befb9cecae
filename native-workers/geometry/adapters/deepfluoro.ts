import { type Camera } from '../../contract/files/camera.js'
import { type Matrix3, type Matrix4, type Vector2 } from '../../contract/matrix.js'
import { intrinsicMatrix } from '../camera.js'
import { affine, diagonal3, invertRigid, multiply4 } from '../matrix.js'
import { type SidedPose } from './image-side.js'

/*
 * DeepFluoro (specification §5): the camera's x runs along columns, y down the rows and z from the detector to the
 * source, a right-handed frame only for pictures seen from the detector's side. The volume's frame is LPS mm.
 * Derived from the described layout; the data themselves were not at hand.
 */

export interface DeepfluoroProjection {
  /** proj-params/extrinsic: C-arm to camera. */
  readonly extrinsic: Matrix4
  /** proj-params/intrinsic; its focal lengths may be negative, since z is negative in front of the source. */
  readonly intrinsic: Matrix3
  readonly imageSize: Camera['imageSize']
  readonly pixelSpacingMm: Vector2
  /** gt-poses/cam-to-<structure>-vol: C-arm to volume. */
  readonly camToVolume: Matrix4
}

/** Our axes out of theirs, for the picture with its columns reversed. */
const oursFromTheirs = affine(diagonal3(-1, 1, -1), [0, 0, 0])

/** The pose of the mirrored picture; `mirroredColumns` is always true. */
export function poseFromDeepfluoro({ extrinsic, camToVolume }: DeepfluoroProjection): SidedPose {
  return {
    cameraFromVolume: multiply4(oursFromTheirs, extrinsic, invertRigid(camToVolume)),
    mirroredColumns: true,
  }
}

/** The camera, at the world's origin, of the mirrored picture. */
export function cameraFromDeepfluoro({ intrinsic, imageSize, pixelSpacingMm }: DeepfluoroProjection): Camera {
  const principalPoint: Vector2 = [imageSize.width - 1 - intrinsic[0][2], intrinsic[1][2]]
  return {
    schema: 'isocenter/camera@1',
    frame: 'LPS',
    imageSize,
    intrinsics: intrinsicMatrix(Math.abs(intrinsic[0][0]), Math.abs(intrinsic[1][1]), principalPoint),
    pixelSpacingMm,
    cameraFromWorld: affine(diagonal3(1, 1, 1), [0, 0, 0]),
  }
}
