import { UserError } from '../contract/errors.js'
import { type Camera } from '../contract/files/camera.js'
import { type Matrix4, type Vector3 } from '../contract/matrix.js'
import { projectPoint } from '../geometry/camera.js'
import {
  centroid,
  cross,
  distance,
  linearPart,
  multiply3,
  norm,
  normalized,
  subtract,
  transformPoint,
  transpose3,
} from '../geometry/matrix.js'
import { rotationAngleRad } from '../geometry/rigid.js'

/** Errors of a pose in 3D; all but the rotation in mm. */
export interface PoseErrors {
  readonly mTreMm: number
  readonly maxTreMm: number
  readonly rotationErrorDeg: number
  readonly translationErrorMm: number
}

/** Errors of a pose as one view sees them. */
export interface ViewErrors {
  readonly mPdMm: number
  readonly mPdPixels: number
  readonly mRpdMm: number
  readonly inPlaneErrorMm: number
  readonly depthErrorMm: number
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length

/**
 * Target registration error (van de Kraats et al. 2005; specification §2.3): the distances between at least one
 * point placed in the world by the estimate and by the truth. Rigid camera frames give the same distances.
 * @param points volume LPS mm
 */
export function poseErrors(estimate: Matrix4, truth: Matrix4, points: readonly Vector3[]): PoseErrors {
  const placed = points.map((point) => transformPoint(estimate, point))
  const actual = points.map((point) => transformPoint(truth, point))
  const errorsMm = placed.map((point, index) => distance(point, actual[index]))
  const turn = multiply3(linearPart(estimate), transpose3(linearPart(truth)))
  return {
    mTreMm: mean(errorsMm),
    maxTreMm: Math.max(...errorsMm),
    rotationErrorDeg: (rotationAngleRad(turn) * 180) / Math.PI,
    translationErrorMm: distance(centroid(placed), centroid(actual)),
  }
}

/**
 * Means over the points of: their projections' displacement on the detector (mPD, mm through the pitch, or px
 * where it is unknown), the distance of the true point from the ray of its estimated projection (mRPD), and the
 * displacement across and along the camera's view. A point beside or behind the source has no projection:
 * `UserError('geometry-invalid')`.
 */
export function viewErrors(
  camera: Camera,
  estimate: Matrix4,
  truth: Matrix4,
  points: readonly Vector3[],
): ViewErrors {
  const [columnMm, rowMm] = camera.pixelSpacingMm ?? [1, 1]
  const perPoint = points.map((point) => {
    const [placed, actual] = [transformPoint(estimate, point), transformPoint(truth, point)]
    const [seen, trueSeen] = [projectPoint(camera, placed), projectPoint(camera, actual)]
    if (!(seen.depthMm > 0 && trueSeen.depthMm > 0)) {
      throw new UserError(
        'geometry-invalid',
        'A pose puts a point behind the X-ray source, so it has no projection to compare.',
        'Check that the pose and the camera belong together, or evaluate without the camera.',
      )
    }
    const [du, dv] = [seen.pixel[0] - trueSeen.pixel[0], seen.pixel[1] - trueSeen.pixel[1]]
    const [inCamera, trueInCamera] = [placed, actual].map((p) => transformPoint(camera.cameraFromWorld, p))
    const [dx, dy, dz] = subtract(inCamera, trueInCamera)
    return {
      pdPixels: Math.hypot(du, dv),
      pdMm: Math.hypot(du * columnMm, dv * rowMm),
      rpdMm: norm(cross(trueInCamera, normalized(inCamera))),
      inPlaneMm: Math.hypot(dx, dy),
      depthMm: Math.abs(dz),
    }
  })
  return {
    mPdMm: mean(perPoint.map(({ pdMm }) => pdMm)),
    mPdPixels: mean(perPoint.map(({ pdPixels }) => pdPixels)),
    mRpdMm: mean(perPoint.map(({ rpdMm }) => rpdMm)),
    inPlaneErrorMm: mean(perPoint.map(({ inPlaneMm }) => inPlaneMm)),
    depthErrorMm: mean(perPoint.map(({ depthMm }) => depthMm)),
  }
}
