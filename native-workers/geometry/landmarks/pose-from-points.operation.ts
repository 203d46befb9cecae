import { throwIfCancelled } from '../../contract/errors.js'
import { type PoseFromPointsInput, type PoseFromPointsOutput } from '../../contract/operations/points.js'
import { type Operation } from '../../contract/progress.js'
import { assertCamera } from '../assert-camera.js'
import { matchLandmarks } from './landmark-pairs.js'
import { poseFromLandmarks } from './pose-from-landmarks.js'

/**
 * The pose of least reprojection error over all pictures (perspective-n-point), with the residual of every pair.
 * Errors: those of `matchLandmarks`, `assertCamera` and `poseFromLandmarks`; `cancelled`.
 */
export const poseFromPoints: Operation<PoseFromPointsInput, PoseFromPointsOutput> = async (
  { points3d, views },
  { signal },
) => {
  throwIfCancelled(signal)
  const landmarkViews = views.map(({ camera, points2d }, index) => {
    assertCamera(camera, `The camera of X-ray ${index + 1}`)
    return { camera, pairs: matchLandmarks(points3d, points2d) }
  })
  const { worldFromVolume, reprojectionErrorPixels, residuals } = await poseFromLandmarks(landmarkViews)
  return { worldFromVolume, rmsPixels: reprojectionErrorPixels, residuals: [...residuals] }
}
