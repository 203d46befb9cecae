import type {
  LossWeights,
  PoseRange,
  TrainingDetector,
} from '../../native-workers/contract/training/configuration.js'
import type { NetworkDescription, NetworkName } from '../../native-workers/contract/training/network.js'
import type { AnatomyChoice } from '../steps/shared/anatomies.js'

/** A CT beside the open one. */
export interface FurtherSubject {
  readonly path: string
  readonly labelsPath: string | null
  readonly weight: number
}

/** What computes, and how it is begun. */
export interface MachineForm {
  readonly device: 'auto' | 'cuda' | 'webgpu' | 'cpu'
  /** 0: chosen by the engine. */
  readonly threads: number
  readonly seed: number
}

/** Labels of the open CT, for the losses on silhouettes. */
export interface LabelsForm {
  readonly usesLabels: boolean
  /** Label numbers as they are typed; empty for all. */
  readonly structures: string
}

/** How fast and how long a network learns; usual values come with the network. */
export interface ScheduleForm {
  readonly batchSize: number
  readonly learningRate: number
  readonly totalIterations: number
  readonly warmupIterations: number
  readonly accumulate: number
  readonly saveEvery: number
  readonly validationEvery: number
}

export interface TrainForm extends MachineForm, LabelsForm, ScheduleForm {
  readonly anatomy: AnatomyChoice
  /** Of the training's folder; empty for one that is made up. */
  readonly name: string
  readonly weight: number
  readonly further: readonly FurtherSubject[]
  readonly range: PoseRange
  readonly detector: TrainingDetector
  readonly network: NetworkName
  readonly parameterization: NonNullable<NetworkDescription['parameterization']>
  readonly weights: LossWeights
  readonly augmentation: number
  readonly boneMultiplier: readonly [number, number]
  readonly validationCount: number
}

/** xvr's schedule for its networks; the light one learns in minutes on a CPU. */
export const usualSchedules: Readonly<Record<NetworkName, ScheduleForm>> = {
  light: {
    batchSize: 16,
    learningRate: 1e-3,
    totalIterations: 5000,
    warmupIterations: 100,
    accumulate: 1,
    saveEvery: 250,
    validationEvery: 250,
  },
  resnet18: {
    batchSize: 116,
    learningRate: 2e-4,
    totalIterations: 1_000_000,
    warmupIterations: 1000,
    accumulate: 4,
    saveEvery: 1000,
    validationEvery: 1000,
  },
  resnet34: {
    batchSize: 116,
    learningRate: 2e-4,
    totalIterations: 1_000_000,
    warmupIterations: 1000,
    accumulate: 4,
    saveEvery: 1000,
    validationEvery: 1000,
  },
}

export const defaultTrainForm: TrainForm = {
  anatomy: 'none',
  name: '',
  usesLabels: true,
  structures: '',
  weight: 1,
  further: [],
  range: {
    r1Deg: [-30, 30],
    r2Deg: [-15, 15],
    r3Deg: [-15, 15],
    txMm: [-50, 50],
    tyMm: [665, 865],
    tzMm: [-50, 50],
  },
  detector: { sddMm: 1020, height: 128, delxMm: 2.2, orientation: 'AP', reverseXAxis: true },
  network: 'light',
  parameterization: 'quaternion_adjugate',
  ...usualSchedules.light,
  weights: { ncc: 1, geo: 0.01, dice: 1, haus: 0.1 },
  augmentation: 0.333,
  boneMultiplier: [1, 10],
  validationCount: 64,
  seed: 0,
  device: 'auto',
  threads: 0,
}
