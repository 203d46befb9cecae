import type { LossWeights, PoseRange, TrainingDetector } from './configuration.js'
import type { NetworkName } from './network.js'

export const anatomies = ['chest', 'pelvis', 'skull', 'femur', 'vessels'] as const
export type Anatomy = (typeof anatomies)[number]

export interface AnatomyPreset {
  readonly range: PoseRange
  readonly detector: Omit<TrainingDetector, 'height' | 'delxMm'>
  /** Edge of the detector, so that its pixels follow from how many there are. */
  readonly detectorMm: number
}

const proper = { orientation: 'AP', reverseXAxis: true } as const

/**
 * Views and detectors per anatomy. All but the chest are those that xvr's authors train with (specification §3.2); the
 * chest's is a C-arm or wall stand in front of the patient, tilted and turned.
 */
export const anatomyPresets: Readonly<Record<Anatomy, AnatomyPreset>> = {
  chest: {
    range: {
      r1Deg: [-30, 30],
      r2Deg: [-15, 15],
      r3Deg: [-25, 25],
      txMm: [-100, 100],
      tyMm: [750, 950],
      tzMm: [-100, 100],
    },
    detector: { sddMm: 1200, ...proper },
    detectorMm: 430,
  },
  pelvis: {
    range: {
      r1Deg: [135, 225],
      r2Deg: [-45, 45],
      r3Deg: [-15, 15],
      txMm: [-150, 150],
      tyMm: [450, 1000],
      tzMm: [-150, 150],
    },
    detector: { sddMm: 1020, ...proper },
    detectorMm: 128 * 2.1764375,
  },
  skull: {
    range: {
      r1Deg: [-125, 125],
      r2Deg: [-30, 30],
      r3Deg: [-15, 15],
      txMm: [-50, 50],
      tyMm: [-800, -700],
      tzMm: [-50, 50],
    },
    // Of the first xvr, whose source stands at negative y.
    detector: { sddMm: 1000, orientation: 'PA', reverseXAxis: false },
    detectorMm: 128 * 2,
  },
  femur: {
    range: {
      r1Deg: [75, 270],
      r2Deg: [-20, 20],
      r3Deg: [-20, 20],
      txMm: [-75, 75],
      tyMm: [650, 950],
      tzMm: [0, 100],
    },
    detector: { sddMm: 1150, ...proper },
    detectorMm: 128 * 2.31796875,
  },
  vessels: {
    range: {
      r1Deg: [-45, 105],
      r2Deg: [-5, 5],
      r3Deg: [-5, 5],
      txMm: [-25, 25],
      tyMm: [700, 800],
      tzMm: [-25, 25],
    },
    detector: { sddMm: 1250, ...proper },
    detectorMm: 128 * 2.31,
  },
}

export interface TrainingDefaults {
  readonly height: number
  readonly batchSize: number
  /** Batches that each rendered one serves for. */
  readonly reuse: number
  /** Probability of each augmentation. */
  readonly augmentation: number
  readonly boneMultiplier: readonly [number, number]
  readonly weights: LossWeights
  /** Half the source-to-detector distance when absent. */
  readonly rotationArmMm?: number
  readonly learningRate: number
  readonly totalIterations: number
  readonly warmupIterations: number
  readonly accumulate: number
  readonly saveEvery: number
  readonly validationCount: number
  readonly validateEvery: number
}

const xvrDefaults: TrainingDefaults = {
  height: 128,
  batchSize: 116,
  reuse: 1,
  augmentation: 0.333,
  boneMultiplier: [1, 10],
  weights: { ncc: 1, geo: 0.01, dice: 1, haus: 0.1 },
  learningRate: 2e-4,
  totalIterations: 1_000_000,
  warmupIterations: 1000,
  accumulate: 4,
  saveEvery: 1000,
  validationCount: 64,
  validateEvery: 1000,
}

/**
 * xvr's own for its networks. The light one's are meant for twenty minutes on two cores: losses on pictures take longer
 * than the step itself and gain less than the steps that fit into the same time, and its X-rays are linearised ones of
 * about a CT's own contrast.
 */
export const trainingDefaults: Readonly<Record<NetworkName, TrainingDefaults>> = {
  light: {
    height: 128,
    batchSize: 16,
    reuse: 1,
    augmentation: 0.15,
    boneMultiplier: [1, 4],
    weights: { ncc: 0, geo: 0.01, dice: 0, haus: 0 },
    rotationArmMm: 150,
    learningRate: 1e-3,
    totalIterations: 6000,
    warmupIterations: 100,
    accumulate: 1,
    saveEvery: 250,
    validationCount: 64,
    validateEvery: 250,
  },
  resnet18: xvrDefaults,
  resnet34: xvrDefaults,
}

/** Iterations of a fine-tuning: xvr's, and for the light network's small batches as many as take five minutes. */
export const finetuneIterations: Readonly<Record<NetworkName, number>> = {
  light: 1400,
  resnet18: 500,
  resnet34: 500,
}

/** What else fine-tuning changes of the configuration that a checkpoint was trained with (specification §3.6). */
export const finetuneDefaults = {
  learningRate: 1e-3,
  warmupIterations: 10,
  accumulate: 1,
  saveEvery: 100,
  validateEvery: 100,
} as const
