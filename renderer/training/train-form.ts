import type {
  LossWeights,
  PoseRange,
  TrainingDetector,
} from '../../native-workers/contract/training/configuration.js'
import type { NetworkDescription, NetworkName } from '../../native-workers/contract/training/network.js'
import {
  anatomyPresets,
  trainingDefaults,
  type Anatomy,
} from '../../native-workers/contract/training/presets.js'

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
  /** Batches that each rendered one serves for. */
  readonly reuse: number
  readonly learningRate: number
  readonly totalIterations: number
  readonly warmupIterations: number
  readonly accumulate: number
  readonly saveEvery: number
  readonly validationEvery: number
  readonly validationCount: number
  readonly weights: LossWeights
  readonly augmentation: number
  readonly boneMultiplier: readonly [number, number]
  /** Null: half the source-to-detector distance. */
  readonly rotationArmMm: number | null
}

export interface TrainForm extends MachineForm, LabelsForm, ScheduleForm {
  readonly anatomy: Anatomy | 'none'
  /** Of the training's folder; empty for one that is made up. */
  readonly name: string
  readonly weight: number
  readonly further: readonly FurtherSubject[]
  readonly range: PoseRange
  readonly detector: TrainingDetector
  readonly network: NetworkName
  readonly parameterization: NonNullable<NetworkDescription['parameterization']>
}

/** The usual numbers of a network, as the command line has them. */
export function usualSchedule(network: NetworkName): ScheduleForm {
  const { validateEvery, batchSize, reuse, learningRate, totalIterations, ...others } =
    trainingDefaults[network]
  const { warmupIterations, accumulate, saveEvery, validationCount } = others
  const { weights, augmentation, boneMultiplier, rotationArmMm = null } = others
  return {
    ...{ weights, augmentation, boneMultiplier, rotationArmMm },
    ...{ batchSize, reuse, learningRate, totalIterations, warmupIterations, accumulate, saveEvery },
    validationEvery: validateEvery,
    validationCount,
  }
}

/** Range and detector of an anatomy, with as many pixels as the detector has now. */
export function anatomyForm(anatomy: Anatomy, height: number): Pick<TrainForm, 'range' | 'detector'> {
  const { range, detector, detectorMm } = anatomyPresets[anatomy]
  const delxMm = Number((detectorMm / height).toFixed(7))
  return { range, detector: { ...detector, height, delxMm } }
}

export const defaultTrainForm: TrainForm = {
  anatomy: 'chest',
  name: '',
  usesLabels: true,
  structures: '',
  weight: 1,
  further: [],
  ...anatomyForm('chest', trainingDefaults.light.height),
  network: 'light',
  parameterization: 'quaternion_adjugate',
  ...usualSchedule('light'),
  seed: 0,
  device: 'auto',
  threads: 0,
}
