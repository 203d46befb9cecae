import { type Matrix4, type Vector3 } from '../contract/matrix.js'
import { diffdrrFromPose, type DiffdrrOrientation } from '../geometry/adapters/diffdrr.js'
import { lpsFromRas } from '../geometry/adapters/image-side.js'
import { add, distance, multiplyVector3, subtract } from '../geometry/matrix.js'

export interface XvrFrame {
  readonly isocentreMm: Vector3
  readonly orientation: DiffdrrOrientation
  readonly reverseXAxis: boolean
}

/**
 * The figure that xvr's evaluator calls mTRE, mm: it puts world points through the camera-to-world pose, which
 * is not the standard error (specification §2.3: an orbit of 1 degree at 800 mm scores 13.8 mm instead of 1.2).
 * Only for comparison with tables made by it.
 * @param points volume LPS mm
 */
export function xvrMeanError(
  estimateCameraFromVolume: Matrix4,
  truthCameraFromVolume: Matrix4,
  points: readonly Vector3[],
  frame: XvrFrame,
): number {
  const { isocentreMm, orientation, reverseXAxis } = frame
  const throughPose = (cameraFromVolume: Matrix4) => {
    const { rotation, translationMm } = diffdrrFromPose(
      cameraFromVolume,
      isocentreMm,
      orientation,
      reverseXAxis,
    )
    return (point: Vector3) => {
      const theirs = multiplyVector3(lpsFromRas, subtract(point, isocentreMm))
      return multiplyVector3(rotation, add(theirs, translationMm))
    }
  }
  const [byEstimate, byTruth] = [throughPose(estimateCameraFromVolume), throughPose(truthCameraFromVolume)]
  return points.reduce((sum, point) => sum + distance(byEstimate(point), byTruth(point)), 0) / points.length
}
