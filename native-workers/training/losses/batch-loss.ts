import { type LossWeights } from '../../contract/training/configuration.js'
import { type RenderedBatch, type Silhouettes } from '../batches/data-batch.js'
import { type SubjectRenderer } from '../rendering/subject-renderer.js'
import { type NetworkFrame, outputCount } from '../sampling/network-frame.js'
import { type LossParts, sampleLoss, type SampleLoss } from './sample-loss.js'

export interface BatchLoss {
  /** Mean over the samples that count; null where none does. */
  readonly loss: number | null
  /** Means of the terms before their weights. */
  readonly parts: LossParts
  /** [count, rotation components + 3]: gradient of `loss`, 0 for samples that do not count. */
  readonly outputGradients: Float32Array
  /** Samples that were kept and whose numbers were finite. */
  readonly counted: number
  /** Kept samples whose prediction means no pose, or whose loss was not finite. */
  readonly notFinite: number
}

/**
 * The losses of a batch's predictions (specification §2.4).
 * @param outputs [count, rotation components + 3]
 * @param betweenSamples lets others have the thread, and may throw to break off
 */
export async function batchLoss(
  renderer: SubjectRenderer,
  frame: NetworkFrame,
  sddMm: number,
  weights: LossWeights,
  batch: RenderedBatch,
  outputs: Float32Array,
  betweenSamples: () => Promise<void> = () => Promise.resolve(),
): Promise<BatchLoss> {
  const numbers = outputCount(frame)
  const pixels = batch.height * batch.height
  const losses: (SampleLoss | null | undefined)[] = []
  for (const [n, kept] of batch.kept.entries()) {
    if (!kept) {
      losses.push(undefined)
      continue
    }
    await betweenSamples()
    const sample = {
      subject: batch.subject,
      boneMultiplier: batch.boneMultiplier,
      extrinsic: batch.poses[n].extrinsic,
      picture: batch.pictures.subarray(n * pixels, (n + 1) * pixels),
      silhouettes: silhouettesOf(batch, n),
    }
    const predicted = outputs.subarray(n * numbers, (n + 1) * numbers)
    losses.push(sampleLoss(renderer, frame, sddMm, weights, sample, predicted))
  }
  const finite = losses.filter((loss): loss is SampleLoss => loss !== undefined && loss !== null)
  const outputGradients = new Float32Array(batch.count * numbers)
  for (const [n, loss] of losses.entries()) {
    if (loss === undefined || loss === null) continue
    for (const [p, slope] of loss.gradient.entries()) outputGradients[n * numbers + p] = slope / finite.length
  }
  return {
    loss: finite.length === 0 ? null : mean(finite.map(({ loss }) => loss)),
    parts: meanParts(finite.map(({ parts }) => parts)),
    outputGradients,
    counted: finite.length,
    notFinite: losses.filter((loss) => loss === null).length,
  }
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length

/** The mean of each term over the samples that have it. */
function meanParts(all: readonly LossParts[]): LossParts {
  const means: LossParts = {}
  for (const name of ['mncc', 'dgeo', 'rgeo', 'tgeo', 'dice', 'haus'] as const) {
    const values = all.flatMap((parts) => parts[name] ?? [])
    if (values.length > 0) means[name] = mean(values)
  }
  return means
}

function silhouettesOf({ silhouettes, count }: RenderedBatch, sample: number): Silhouettes | null {
  if (silhouettes === null) return null
  const { structures, pathsMm } = silhouettes
  const numbers = pathsMm.length / count
  return { structures, pathsMm: pathsMm.subarray(sample * numbers, (sample + 1) * numbers) }
}
