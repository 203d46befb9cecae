import { type Vector3 } from '../../contract/matrix.js'
import { type PoseRange } from '../../contract/training/configuration.js'
import { type DiffdrrPose } from '../../geometry/adapters/diffdrr.js'
import { rotationFromEuler, toRadians } from '../../geometry/rotations/euler.js'
import { type RandomStream } from '../random/random-stream.js'
import { type NetworkFrame } from './network-frame.js'

/** DiffDRR's ZXY angles, each in -180 <= a < 180, and its pre-rotation translation. */
export interface PoseNumbers {
  readonly rotationDeg: Vector3
  readonly translationMm: Vector3
}

/** The same angle in -180 <= a < 180. */
export const wrappedDeg = (angleDeg: number): number => ((((angleDeg + 180) % 360) + 360) % 360) - 180

/** Six independent uniform numbers (specification §3.2). */
export function samplePoseNumbers(range: PoseRange, random: RandomStream): PoseNumbers {
  const draw = ([low, high]: readonly [number, number]) => random.uniform(low, high)
  const rotationDeg: Vector3 = [draw(range.r1Deg), draw(range.r2Deg), draw(range.r3Deg)]
  const translationMm: Vector3 = [draw(range.txMm), draw(range.tyMm), draw(range.tzMm)]
  const [a, b, c] = rotationDeg
  return { rotationDeg: [wrappedDeg(a), wrappedDeg(b), wrappedDeg(c)], translationMm }
}

export function diffdrrPose(
  { rotationDeg, translationMm }: PoseNumbers,
  { orientation, reverseXAxis }: NetworkFrame['side'],
): DiffdrrPose {
  const [a, b, c] = rotationDeg
  const rotation = rotationFromEuler('ZXY', [toRadians(a), toRadians(b), toRadians(c)])
  return { rotation, translationMm, orientation, reverseXAxis }
}
