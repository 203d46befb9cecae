import { type Matrix4 } from '../../contract/matrix.js'
import { type LossWeights } from '../../contract/training/configuration.js'
import { type Silhouettes } from '../batches/data-batch.js'
import { type SubjectRenderer } from '../rendering/subject-renderer.js'
import { type NetworkFrame } from '../sampling/network-frame.js'
import { extrinsicFromOutputs, poseFromExtrinsic } from '../sampling/pose-from-outputs.js'
import { geodesicLoss } from './geodesic-loss.js'
import { similarityLoss, type TwistLoss } from './similarity-loss.js'
import { structureLosses } from './structure-losses.js'
import { twistsPerOutput } from './twists-per-output.js'

/** What is known about one sample of a batch. */
export interface LossSample {
  readonly subject: number
  readonly boneMultiplier: number
  /** The true E. */
  readonly extrinsic: Matrix4
  /** [height, height], not augmented. */
  readonly picture: Float32Array
  /** Of this sample alone; null without. */
  readonly silhouettes: Silhouettes | null
}

/**
 * The terms before their weights: `mncc` is the correlation itself, `dgeo`, `rgeo` and `tgeo` mm, `dice` and `haus` the
 * losses.
 */
export type LossParts = Partial<Record<'mncc' | 'dgeo' | 'rgeo' | 'tgeo' | 'dice' | 'haus', number>>

export interface SampleLoss {
  readonly loss: number
  readonly parts: LossParts
  /** Per output. */
  readonly gradient: readonly number[]
}

/**
 * The weighted loss of one prediction and its gradient to the network's outputs; terms of weight 0 are not computed.
 * Null where the outputs mean no pose or a number is not finite.
 */
export function sampleLoss(
  renderer: SubjectRenderer,
  frame: NetworkFrame,
  sddMm: number,
  weights: LossWeights,
  sample: LossSample,
  outputs: ArrayLike<number>,
): SampleLoss | null {
  const extrinsic = extrinsicFromOutputs(outputs, frame)
  if (extrinsic === null) return null
  const gradient = Array.from({ length: outputs.length }, () => 0)
  const parts: LossParts = {}
  let loss = 0
  if (weights.geo > 0) {
    const geodesic = geodesicLoss(outputs, sample.extrinsic, frame, sddMm)
    if (geodesic === null) return null
    const { dgeo, rgeo, tgeo } = geodesic
    Object.assign(parts, { dgeo, rgeo, tgeo })
    loss += weights.geo * dgeo
    for (const [n, slope] of geodesic.gradient.entries()) gradient[n] += weights.geo * slope
  }
  const { isocentreMm } = renderer.subjects[sample.subject]
  const { cameraFromVolume } = poseFromExtrinsic(extrinsic, frame, isocentreMm)
  const terms: { readonly weight: number; readonly term: TwistLoss }[] = []
  if (weights.ncc > 0) {
    const { subject, boneMultiplier, picture } = sample
    const term = similarityLoss(picture, renderer.renderTangents(subject, boneMultiplier, cameraFromVolume))
    parts.mncc = 1 - term.value
    terms.push({ weight: weights.ncc, term })
  }
  const weighted = (['dice', 'haus'] as const).filter((name) => weights[name] > 0)
  if (sample.silhouettes !== null && weighted.length > 0) {
    const { subject, silhouettes } = sample
    const shown = structureLosses(renderer, subject, silhouettes, cameraFromVolume, weighted)
    for (const [n, term] of (shown ?? []).entries()) {
      parts[weighted[n]] = term.value
      terms.push({ weight: weights[weighted[n]], term })
    }
  }
  if (terms.length > 0) {
    const twists = twistsPerOutput(outputs, frame, isocentreMm)
    if (twists === null) return null
    for (const { weight, term } of terms) {
      loss += weight * term.value
      for (const [n, twist] of twists.entries())
        gradient[n] += weight * twist.reduce((sum, per, p) => sum + per * term.gradient[p], 0)
    }
  }
  return Number.isFinite(loss) && gradient.every(Number.isFinite) ? { loss, parts, gradient } : null
}
