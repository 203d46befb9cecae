import { type Vector3 } from '../../contract/matrix.js'
import { type SubjectVolume } from '../rendering/subject-volume.js'
import { type NetworkFrame, outputCount } from '../sampling/network-frame.js'
import { extrinsicFromOutputs, poseFromExtrinsic } from '../sampling/pose-from-outputs.js'
import { gridPoints } from './grid-points.js'
import { meanTargetRegistrationErrorMm, percentile } from './target-registration-error.js'
import { type ValidationSample } from './validation-set.js'

export interface PoseMeasurement {
  /** Per sample; Infinity where the outputs mean no pose. */
  readonly mtreMm: readonly number[]
  readonly medianMtreMm: number
  readonly percentile90MtreMm: number
}

/**
 * Standard mTRE of the predicted poses over 125 points in each subject's content.
 * @param outputs [samples, rotation components + 3]
 */
export function measurePoses(
  samples: readonly ValidationSample[],
  outputs: Float32Array,
  subjects: readonly SubjectVolume[],
  frame: NetworkFrame,
): PoseMeasurement {
  const points = subjects.map(({ content }): readonly Vector3[] => gridPoints(content))
  const numbers = outputCount(frame)
  const mtreMm = samples.map(({ subject, pose }, n) => {
    const extrinsic = extrinsicFromOutputs(outputs.subarray(n * numbers, (n + 1) * numbers), frame)
    if (extrinsic === null) return Infinity
    const { cameraFromVolume } = poseFromExtrinsic(extrinsic, frame, subjects[subject].isocentreMm)
    return meanTargetRegistrationErrorMm(cameraFromVolume, pose.cameraFromVolume, points[subject])
  })
  return {
    mtreMm,
    medianMtreMm: percentile(mtreMm, 0.5),
    percentile90MtreMm: percentile(mtreMm, 0.9),
  }
}
