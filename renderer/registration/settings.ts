import type { MetricName } from '../../native-workers/contract/operations/register.js'
import type { AttenuationModel } from '../../native-workers/contract/operations/sources.js'
import type { AnatomyChoice } from '../steps/shared/anatomies.js'

export type StartKind = 'search' | 'pose' | 'dicom' | 'landmarks' | 'network' | 'result'

/** Settings of a registration as the window edits them; flat, so that each field can be reset alone. */
export interface RegistrationSettings {
  /** The part of the body whose usual values were taken; they can be changed afterwards. */
  anatomy: AnatomyChoice
  start: StartKind
  /** Centre of the search, and the nominal view of a start from DICOM angles. */
  searchAround: 'AP' | 'PA' | 'pose'
  rangeTurnDeg: number
  rangeTiltDeg: number
  rangeRollDeg: number
  rangeInPlaneMm: number
  rangeDepthMm: number
  antipode: boolean
  /** Keep the pose of a network as it is. */
  initOnly: boolean
  metric: MetricName
  optimizer: 'lm' | 'adam'
  attenuation: AttenuationModel
  boneMultiplier: number
  finish: 'standard' | 'fine'
  capRays: boolean
  robust: boolean
  refineIntrinsics: boolean
  refineIntensity: boolean
  confidence: 'full' | 'none'
  seed: number
}

export const defaultRegistrationSettings: RegistrationSettings = {
  anatomy: 'none',
  start: 'search',
  searchAround: 'AP',
  rangeTurnDeg: 45,
  rangeTiltDeg: 45,
  rangeRollDeg: 45,
  rangeInPlaneMm: 100,
  rangeDepthMm: 100,
  antipode: true,
  initOnly: false,
  metric: 'gmncc',
  optimizer: 'lm',
  attenuation: 'mu',
  boneMultiplier: 1,
  finish: 'fine',
  capRays: true,
  robust: false,
  refineIntrinsics: false,
  refineIntensity: false,
  confidence: 'full',
  seed: 0,
}
