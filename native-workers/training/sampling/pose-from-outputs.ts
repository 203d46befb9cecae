import { type Matrix4, type Vector3 } from '../../contract/matrix.js'
import { poseFromDiffdrr } from '../../geometry/adapters/diffdrr.js'
import { type SidedPose } from '../../geometry/adapters/image-side.js'
import { linearPart, multiplyVector3, translationPart, transpose3 } from '../../geometry/matrix.js'
import { poseFromComponents } from '../../geometry/rotations/parameterization.js'
import { rotationNumbers } from '../networks/rotation-numbers.js'
import { type NetworkFrame } from './network-frame.js'

/**
 * E of a network's numbers (rotation, then translation), whose rotation need not be normalised. Null where they mean no
 * pose: not finite, or without a direction.
 */
export function extrinsicFromOutputs(outputs: ArrayLike<number>, { network }: NetworkFrame): Matrix4 | null {
  const { parameterization: name, convention, unitConversionFactor } = network
  const count = rotationNumbers[name]
  const numbers = Array.from({ length: count + 3 }, (_, n) => outputs[n])
  if (!numbers.every(Number.isFinite)) return null
  const [x, y, z] = numbers.slice(count)
  const translation: Vector3 = [x * unitConversionFactor, y * unitConversionFactor, z * unitConversionFactor]
  try {
    const pose = poseFromComponents({ name, convention }, { rotation: numbers.slice(0, count), translation })
    return pose.flat().every(Number.isFinite) ? pose : null
  } catch {
    return null
  }
}

/** Where the camera of `detectorCamera` stands for E, and whether DiffDRR's picture is its mirror image. */
export function poseFromExtrinsic(
  extrinsic: Matrix4,
  { side }: NetworkFrame,
  isocentreMm: Vector3,
): SidedPose {
  const rotation = linearPart(extrinsic)
  const translationMm = multiplyVector3(transpose3(rotation), translationPart(extrinsic))
  return poseFromDiffdrr({ rotation, translationMm, ...side }, isocentreMm)
}
