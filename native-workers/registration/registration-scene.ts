import { type Box } from '../rendering/content-box.js'
import { type Camera } from '../contract/files/camera.js'
import { type Matrix4 } from '../contract/matrix.js'
import { type GreyPicture } from '../imaging/picture/area-resample.js'
import { type DrrRenderer } from '../rendering/cpu/drr-renderer.js'
import { type PoseProblem } from './pose-problem.js'

/** An X-ray as the registration sees it: attenuation bright, at full resolution, with its camera. */
export interface RegistrationView {
  readonly name: string
  readonly camera: Camera
  readonly picture: GreyPicture
}

/** Everything that stays the same while the pose changes. */
export interface RegistrationScene {
  readonly renderer: DrrRenderer
  /** Voxel size of each of the renderer's levels, fine to coarse. */
  readonly levelSpacingsMm: readonly number[]
  /** Box of all voxels that attenuate; null where the whole picture is to be compared. */
  readonly content: Box | null
  readonly problem: PoseProblem
  readonly views: readonly RegistrationView[]
  /** Compare only near the object's shadow: its surroundings are in the X-ray but not in the volume. */
  readonly isolated: boolean
  readonly robustScale: number
}

/** Called after every render of an optimisation; may throw to cancel. */
export type EvaluationListener = (evaluation: {
  readonly stage: string
  readonly worldFromVolume: Matrix4
  readonly loss: number
  readonly accepted: boolean
}) => Promise<void> | void
