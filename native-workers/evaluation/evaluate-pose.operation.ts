import { throwIfCancelled, UserError } from '../contract/errors.js'
import { type EvaluatePoseInput, type EvaluatePoseOutput } from '../contract/operations/evaluate.js'
import { type Operation } from '../contract/progress.js'
import { assertCamera } from '../geometry/assert-camera.js'
import { assertRigid, multiply4 } from '../geometry/matrix.js'
import { poseErrors, viewErrors } from './pose-errors.js'
import { xvrMeanError } from './xvr-error.js'

/**
 * Compares two `worldFromVolume` poses at the given points, in 3D and in each camera's view. Throws `UserError`:
 * `input-invalid` without points, `geometry-invalid` for poses or cameras that can't be.
 */
export const evaluatePose: Operation<EvaluatePoseInput, EvaluatePoseOutput> = (input, { signal }) =>
  new Promise((resolve) => {
    throwIfCancelled(signal)
    resolve(evaluate(input))
  })

function evaluate({ estimate, truth, points, cameras, xvrFrame }: EvaluatePoseInput): EvaluatePoseOutput {
  const positions = points.points.map(({ position }) => position)
  if (positions.length === 0) {
    throw new UserError(
      'input-invalid',
      'The points file holds no points, so there is nothing to measure at.',
      'Give a few points on the anatomy in question.',
    )
  }
  assertRigid(estimate, 'The estimated pose')
  assertRigid(truth, 'The true pose')
  cameras.forEach((camera, index) => {
    assertCamera(camera, `Camera ${String(index + 1)}`)
  })
  const [first] = cameras
  const inFirst = (pose: typeof truth) => multiply4(first.cameraFromWorld, pose)
  return {
    ...poseErrors(estimate, truth, positions),
    'xvr-mTRE (compat)':
      cameras.length === 0 || xvrFrame === undefined
        ? null
        : xvrMeanError(inFirst(estimate), inFirst(truth), positions, xvrFrame),
    views: cameras.map((camera) => viewErrors(camera, estimate, truth, positions)),
  }
}
