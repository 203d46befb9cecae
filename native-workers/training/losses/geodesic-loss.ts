import { type Matrix4 } from '../../contract/matrix.js'
import { doubleGeodesic } from '../../geometry/pose-distance.js'
import { type NetworkFrame } from '../sampling/network-frame.js'
import { extrinsicFromOutputs } from '../sampling/pose-from-outputs.js'
import { centralDifferences } from './output-steps.js'

export interface GeodesicLoss {
  /** sqrt(rgeo^2 + tgeo^2 + 1e-6), mm. */
  readonly dgeo: number
  readonly rgeo: number
  readonly tgeo: number
  /** Of dgeo, per output. */
  readonly gradient: number[]
}

/**
 * xvr's double geodesic distance between the true pose and the one that the outputs mean (specification §2.2). Null where
 * they mean none.
 * @param extrinsic the true E
 */
export function geodesicLoss(
  outputs: ArrayLike<number>,
  extrinsic: Matrix4,
  frame: NetworkFrame,
  sddMm: number,
): GeodesicLoss | null {
  const distanceTo = (tried: ArrayLike<number>) => {
    const predicted = extrinsicFromOutputs(tried, frame)
    return predicted === null ? null : doubleGeodesic(predicted, extrinsic, sddMm)
  }
  const here = distanceTo(outputs)
  if (here === null) return null
  // The square is smooth where the distance has a kink, at the true pose.
  const squares = centralDifferences(
    outputs,
    frame,
    (after: number, before: number, distance) => [(after - before) / distance],
    (tried) => {
      const at = distanceTo(tried)
      return at === null ? null : at.rotationMm ** 2 + at.translationMm ** 2
    },
  )
  if (squares === null) return null
  return {
    dgeo: here.bothMm,
    rgeo: here.rotationMm,
    tgeo: here.translationMm,
    gradient: squares.map(([slope]) => slope / (2 * here.bothMm)),
  }
}
