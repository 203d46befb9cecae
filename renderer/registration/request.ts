import type { Camera } from '../../native-workers/contract/files/camera.js'
import type { SavedRegistrationResult } from '../../native-workers/contract/files/registration-result.js'
import type { Matrix4 } from '../../native-workers/contract/matrix.js'
import type { OperationRequest } from '../../native-workers/contract/operations/index.js'
import type {
  LabelSource,
  VolumeSource,
  XraySource,
} from '../../native-workers/contract/operations/sources.js'
import { uncropped } from '../geometry/camera-edits.js'
import type { LandmarkFiles } from '../points/landmark-start.js'
import { poseFromResult } from '../results/pose-from-result.js'
import { text } from '../text/en.js'
import type { RegistrationSettings } from './settings.js'

/** All that a registration may need, as far as the window has it. */
export interface RegistrationSituation {
  readonly engineReady: boolean
  readonly volume: VolumeSource | null
  readonly labels: LabelSource | null
  readonly views: readonly { readonly source: XraySource; readonly camera: Camera | null }[]
  readonly settings: RegistrationSettings
  readonly worldFromVolume: Matrix4
  readonly nominal: (view: 'AP' | 'PA') => Matrix4
  /** Where a start from an earlier result takes its pose from. */
  readonly startResult: SavedRegistrationResult | null
  /** Checkpoints that a start from a network takes its pose from. */
  readonly networks: readonly string[]
  /** The placed points of the views, and what they lack for a start. */
  readonly landmarks: LandmarkFiles & { readonly missing: string | null }
}

/** The first thing that is missing for a registration, in words; null when it can start. */
export function missingForRegistration(situation: RegistrationSituation): string | null {
  const { missing } = text.registration
  if (!situation.engineReady) return missing.engine
  if (situation.volume === null) return missing.volume
  if (situation.views.length === 0) return missing.xray
  if (situation.views.some(({ camera }) => camera === null)) return missing.camera
  if (situation.settings.start === 'result' && situation.startResult === null) return missing.startResult
  if (situation.settings.start === 'network' && situation.networks.length === 0) return missing.network
  return situation.settings.start === 'landmarks' ? situation.landmarks.missing : null
}

function initialPose(situation: RegistrationSituation): OperationRequest<'register'>['initial'] | null {
  const { settings, worldFromVolume, landmarks } = situation
  switch (settings.start) {
    case 'pose':
      return { kind: 'pose', worldFromVolume }
    case 'dicom':
      return { kind: 'dicom', orientation: settings.searchAround === 'PA' ? 'PA' : 'AP' }
    case 'landmarks':
      return { kind: 'landmarks', points3d: landmarks.points3d, points2d: [...landmarks.points2d] }
    case 'network':
      return { kind: 'model', checkpoints: [...situation.networks], initOnly: settings.initOnly }
    case 'result':
      return situation.startResult === null
        ? null
        : { kind: 'pose', worldFromVolume: poseFromResult(situation.startResult, situation.views) }
    case 'search':
      return {
        kind: 'search',
        worldFromVolume:
          settings.searchAround === 'pose' ? worldFromVolume : situation.nominal(settings.searchAround),
        rangeRotationDeg: [settings.rangeTurnDeg, settings.rangeTiltDeg, settings.rangeRollDeg],
        rangeTranslationMm: [settings.rangeInPlaneMm, settings.rangeInPlaneMm, settings.rangeDepthMm],
        antipode: settings.antipode,
      }
  }
}

/** The request for the engine; null while {@link missingForRegistration} names something. */
export function registrationRequest(situation: RegistrationSituation): OperationRequest<'register'> | null {
  const { settings, volume, labels } = situation
  const initial = initialPose(situation)
  if (missingForRegistration(situation) !== null || volume === null || initial === null) return null
  const views = situation.views.flatMap(({ source, camera }) =>
    camera === null
      ? []
      : [
          {
            xray: source,
            // Camera sources describe the image as it was read; the window's camera is the cropped picture's.
            camera: { kind: 'camera' as const, camera: uncropped(camera, source.preprocessing.crop) },
          },
        ],
  )
  return {
    views,
    volume,
    ...(labels === null ? {} : { labels }),
    initial,
    metric: settings.metric,
    optimizer: settings.optimizer,
    attenuation: settings.attenuation,
    boneMultiplier: settings.boneMultiplier,
    finish: settings.finish,
    capRays: settings.capRays,
    robust: settings.robust,
    refineIntrinsics: settings.refineIntrinsics,
    refineIntensity: settings.refineIntensity,
    confidence: settings.confidence,
    seed: settings.seed,
  }
}
