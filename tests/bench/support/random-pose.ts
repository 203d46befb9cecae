import { type Matrix4 } from '../../../native-workers/contract/matrix.js'
import { type Volume } from '../../../native-workers/imaging/volume.js'
import { offsetPose, randomOffset } from '../../support/simulated-scene.js'

/** Half widths, the same about and along every axis. */
export interface PoseRange {
  readonly rotationDeg: number
  readonly translationMm: number
}

/** A pose drawn evenly from a range about another one. */
export function randomPose(
  volume: Volume,
  about: Matrix4,
  { rotationDeg: turn, translationMm: shift }: PoseRange,
  uniform: () => number,
): Matrix4 {
  return offsetPose(about, volume, randomOffset(uniform, [turn, turn, turn], [shift, shift, shift]))
}
