import { augmented } from '../augmentation/augment.js'
import { writeNetworkInput } from '../augmentation/network-input.js'
import { type BatchSettings, type SamplePose } from '../batches/data-batch.js'
import { renderBatch } from '../batches/render-batch.js'
import { addNormal } from '../random/normal.js'
import { randomStream } from '../random/random-stream.js'
import { streamKey } from '../random/stream-key.js'
import { normalizeRange } from '../augmentation/intensity.js'
import { type SubjectRenderer } from '../rendering/subject-renderer.js'

/** One simulated X-ray that the network never trains on. */
export interface ValidationSample {
  /** Index of the subject. */
  readonly subject: number
  readonly boneMultiplier: number
  readonly pose: SamplePose
  /** [height, height], not augmented. */
  readonly picture: Float32Array
}

export interface ValidationSet {
  readonly samples: readonly ValidationSample[]
  /** [samples, 1, height, height], as the network takes them. */
  readonly xrays: Float32Array
}

export interface ValidationOptions {
  readonly count: number
  /** Of each augmentation; none when absent. */
  readonly augmentation?: number
  /** Standard deviation of noise on pictures in 0..1; none when absent. */
  readonly noiseSigma?: number
}

/** Batches that show nothing are drawn anew this often before the set stays smaller. */
const mostEmptyBatches = 50

/**
 * A fixed set of X-rays that show enough, drawn as training draws but from streams that it never uses. Smaller than
 * asked for, or empty, only where the ranges hardly ever show the subject.
 */
export function validationSet(
  renderer: SubjectRenderer,
  settings: BatchSettings,
  { count, augmentation = 0, noiseSigma = 0 }: ValidationOptions,
): ValidationSet {
  const single: BatchSettings = {
    ...settings,
    sampling: { ...settings.sampling, batchSize: 1 },
    silhouettes: false,
  }
  const samples: ValidationSample[] = []
  let empty = 0
  for (let draw = 0; samples.length < count && empty < mostEmptyBatches; draw++) {
    const batch = renderBatch(renderer, single, randomStream(settings.seed, streamKey.validation, draw))
    if (!batch.kept[0]) {
      empty++
      continue
    }
    empty = 0
    const { subject, boneMultiplier, poses, pictures } = batch
    samples.push({ subject, boneMultiplier, pose: poses[0], picture: pictures })
  }
  const { height } = settings.detector
  const pixels = height * height
  const xrays = new Float32Array(samples.length * pixels)
  const random = randomStream(settings.seed, streamKey.validationNoise)
  for (const [n, { picture }] of samples.entries()) {
    const changed = augmented(picture, height, height, augmentation, random)
    if (noiseSigma > 0) {
      normalizeRange(changed)
      addNormal(changed, noiseSigma, random)
    }
    writeNetworkInput(changed, xrays.subarray(n * pixels, (n + 1) * pixels))
  }
  return { samples, xrays }
}
