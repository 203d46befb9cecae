import { type Matrix4, type Vector3 } from '../../contract/matrix.js'
import { linearPart, multiply3, scale, subtract, transformPoint, transpose3 } from '../../geometry/matrix.js'
import { vectorFromRotation } from '../../geometry/rigid.js'
import { type NetworkFrame } from '../sampling/network-frame.js'
import { extrinsicFromOutputs, poseFromExtrinsic } from '../sampling/pose-from-outputs.js'
import { centralDifferences } from './output-steps.js'

/**
 * How the subject moves before the camera per unit of each output: rotation vector (rad, 3) and translation (mm, 3) about
 * the isocentre along the camera's axes, [outputs][6]. Null where the outputs mean no pose.
 */
export function twistsPerOutput(
  outputs: ArrayLike<number>,
  frame: NetworkFrame,
  isocentreMm: Vector3,
): number[][] | null {
  const cameraFromVolume = (tried: ArrayLike<number>): Matrix4 | null => {
    const extrinsic = extrinsicFromOutputs(tried, frame)
    return extrinsic === null ? null : poseFromExtrinsic(extrinsic, frame, isocentreMm).cameraFromVolume
  }
  return centralDifferences(outputs, frame, twistBetween(isocentreMm), cameraFromVolume)
}

const twistBetween =
  (centreMm: Vector3) =>
  (after: Matrix4, before: Matrix4, distance: number): number[] => {
    const turn = multiply3(linearPart(after), transpose3(linearPart(before)))
    const shift = subtract(transformPoint(after, centreMm), transformPoint(before, centreMm))
    return [...scale(vectorFromRotation(turn), 1 / distance), ...scale(shift, 1 / distance)]
  }
