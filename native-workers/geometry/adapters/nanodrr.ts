import { type Camera } from '../../contract/files/camera.js'
import { type Matrix3, type Vector3 } from '../../contract/matrix.js'
import { cameraFromNumbers, mirrorColumns } from '../camera.js'
import { add, determinant3, diagonal3, multiply3, multiplyVector3 } from '../matrix.js'
import { type DiffdrrDetector, type DiffdrrOrientation } from './diffdrr.js'
import { lpsFromRas, sidedPose, type SidedPose } from './image-side.js'

/*
 * nanodrr (specification §1.4): a pinhole camera in uncentred RAS mm, x right, y down, z away from the source.
 * Its PA matrix mirrors: such pictures are seen from the detector's side. The same numbers in DiffDRR with
 * reverse_x_axis=true give the same picture.
 */

export interface NanodrrPose {
  readonly rotation: Matrix3
  readonly translationMm: Vector3
  readonly orientation: DiffdrrOrientation
}

const orientations: Record<DiffdrrOrientation, Matrix3> = {
  AP: [
    [-1, 0, 0],
    [0, 0, -1],
    [0, -1, 0],
  ],
  PA: [
    [-1, 0, 0],
    [0, 0, 1],
    [0, -1, 0],
  ],
  none: diagonal3(-1, -1, 1),
}

/** @param isocentreMm the point that the translation counts from; LPS mm */
export function poseFromNanodrr(pose: NanodrrPose, isocentreMm: Vector3): SidedPose {
  const lpsFromPose = multiply3(lpsFromRas, pose.rotation)
  const source = add(multiplyVector3(lpsFromPose, pose.translationMm), isocentreMm)
  return sidedPose(multiply3(lpsFromPose, orientations[pose.orientation]), source)
}

/** The camera, at the world's origin, of nanodrr's picture, or of its mirror image for PA. */
export function cameraFromNanodrr(detector: DiffdrrDetector, orientation: DiffdrrOrientation): Camera {
  const { width, height, delxMm, delyMm, sddMm } = detector
  const camera = cameraFromNumbers({
    imageSize: { width, height },
    sddMm,
    pixelSpacingMm: [delxMm, delyMm],
    // nanodrr counts pixel centres at halves.
    principalPoint: [detector.x0Mm / delxMm + width / 2 - 0.5, detector.y0Mm / delyMm + height / 2 - 0.5],
  })
  return determinant3(orientations[orientation]) < 0 ? mirrorColumns(camera) : camera
}
