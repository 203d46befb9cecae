import { type Matrix4 } from '../../contract/matrix.js'
import { type PictureFilter } from '../../rendering/cpu/comparison-layout.js'
import { filteredTarget } from '../filtered-target.js'
import { type Stage } from '../level-schedule.js'
import { cameraFromVolume, movePose, twistFrame } from '../pose-problem.js'
import { type RegistrationScene, type RegistrationView } from '../registration-scene.js'
import { stageView, type StageView } from '../stage-view.js'
import { derivativesPerPixel, TangentRenderer } from '../../rendering/cpu/tangent-renderer.js'
import { type ComparedPictures, correlationEquations } from './correlation-equations.js'
import {
  curveColumns,
  curvedPicture,
  type IntensityCurve,
  interiorKnots,
  straightCurve,
} from './intensity-curve.js'
import { changedCamera, intrinsicsParameters } from './intrinsics-change.js'
import { addEquations, type ParameterEquations } from './parameter-equations.js'

/** What is refined beside the pose. */
export interface JointChoices {
  readonly intrinsics: boolean
  readonly intensity: boolean
}

/** Number of parameters of one view beside the pose: intrinsics first, then the intensity curve. */
export const nuisanceCount = ({ intrinsics, intensity }: JointChoices): number =>
  (intrinsics ? intrinsicsParameters : 0) + (intensity ? interiorKnots : 0)

/**
 * Steps of the central differences: some tenths of a pixel at 128 pixels. What is refined here differs little from a
 * change of depth, and the kernel's derivative at a single pose carries the ripple of the samples, which would pass for
 * that difference: the curvature along the valley would be taken for many times what it is.
 */
const differenceSteps = {
  pose: [0.005, 0.005, 0.005, 0.4, 0.4, 4],
  intrinsics: [0.005, 0.002, 0.002],
} as const
/** Samples are taken at half a voxel for the same reason. */
const stepVoxels = 0.5

/** The windows of gmNCC: edge in pixels, filter, weight. */
const windows: readonly {
  readonly filter: PictureFilter
  readonly pixels: number
  readonly weight: number
}[] = [
  { filter: 'none', pixels: 0, weight: 0.25 },
  { filter: 'none', pixels: 9, weight: 0.25 },
  { filter: 'sobelX', pixels: 12, weight: 0.25 },
  { filter: 'sobelY', pixels: 12, weight: 0.25 },
]

/** Compares one X-ray with DRRs as pose, intrinsics and intensity curve change together. */
export class JointView {
  readonly #scene: RegistrationScene
  readonly #choices: JointChoices
  readonly #stageView: StageView
  readonly #tangents: TangentRenderer
  readonly #straight: IntensityCurve

  /** Holds buffers in the renderer's memory until the caller releases the arena. */
  constructor(
    scene: RegistrationScene,
    view: RegistrationView,
    stage: Stage,
    pose: Matrix4,
    choices: JointChoices,
  ) {
    this.#scene = scene
    this.#choices = choices
    this.#stageView = stageView(scene, view, stage, pose)
    const { picture } = this.#stageView.view
    this.#tangents = new TangentRenderer(scene.renderer, this.#stageView.level, picture.valid, stepVoxels)
    this.#straight = straightCurve(picture)
  }

  get pixelMm(): number {
    return this.#stageView.pixelMm
  }

  get validPixels(): number {
    return this.#stageView.view.picture.valid.reduce((sum, value) => sum + value, 0)
  }

  /** Whether the camera's change is part of the parameters, and the curve that the others mean. */
  split(nuisance: Float64Array): { readonly change: Float64Array; readonly curve: IntensityCurve } {
    const first = this.#choices.intrinsics ? intrinsicsParameters : 0
    const departures = this.#choices.intensity ? nuisance.slice(first) : this.#straight.departures
    return {
      change: this.#choices.intrinsics ? nuisance.slice(0, first) : new Float64Array(intrinsicsParameters),
      curve: { ...this.#straight, departures },
    }
  }

  /** The loss 0..2 of gmNCC's windows. */
  loss(worldFromVolume: Matrix4, nuisance: Float64Array): number {
    return this.#compare(worldFromVolume, nuisance, false).loss
  }

  /** The loss with its equations: six parameters of the pose, then `nuisanceCount`. */
  equations(worldFromVolume: Matrix4, nuisance: Float64Array): ParameterEquations {
    return this.#compare(worldFromVolume, nuisance, true)
  }

  #compare(worldFromVolume: Matrix4, nuisance: Float64Array, withColumns: boolean): ParameterEquations {
    const { camera, picture } = this.#stageView.view
    const { change, curve } = this.split(nuisance)
    const changed = changedCamera(camera, change)
    const toCamera = cameraFromVolume(camera, worldFromVolume)
    const drr = this.#tangents.render(changed, toCamera, twistFrame(this.#scene.problem, worldFromVolume))
    const pictures: ComparedPictures = {
      width: drr.width,
      height: drr.height,
      valid: drr.valid,
      xray: curvedPicture(picture, curve).pixels,
      drr: drr.pixels,
      drrColumns: withColumns ? this.#differences(worldFromVolume, change) : [],
      xrayColumns: withColumns && this.#choices.intensity ? curveColumns(picture, curve) : [],
    }
    return addEquations(
      windows.map(({ filter, pixels, weight }) => ({
        weight,
        equations: correlationEquations(filtered(pictures, filter), pixels),
      })),
    )
  }

  /** Derivatives of the DRR to the pose and to the camera's change, by central differences. */
  #differences(worldFromVolume: Matrix4, change: Float64Array): Float32Array[] {
    const { problem } = this.#scene
    const byPose = differenceSteps.pose.map((step, parameter) =>
      this.#difference(step, (amount) => {
        const twist = new Float64Array(derivativesPerPixel)
        twist[parameter] = amount
        return [movePose(problem, worldFromVolume, twist), change]
      }),
    )
    if (!this.#choices.intrinsics) return byPose
    const byIntrinsics = differenceSteps.intrinsics.map((step, parameter) =>
      this.#difference(step, (amount) => [
        worldFromVolume,
        change.map((value, n) => (n === parameter ? value + amount : value)),
      ]),
    )
    return [...byPose, ...byIntrinsics]
  }

  #difference(step: number, moved: (amount: number) => readonly [Matrix4, Float64Array]): Float32Array {
    const { view, level } = this.#stageView
    const at = (amount: number) => {
      const [worldFromVolume, change] = moved(amount)
      return this.#scene.renderer.render({
        level,
        camera: changedCamera(view.camera, change),
        cameraFromVolume: cameraFromVolume(view.camera, worldFromVolume),
        method: 'trilinear',
        stepVoxels,
      })
    }
    const [after, before] = [at(step), at(-step)]
    return after.map((value, n) => (value - before[n]) / (2 * step))
  }
}

/** All planes through a filter, which is linear, so that derivatives remain derivatives. */
function filtered(pictures: ComparedPictures, filter: PictureFilter): ComparedPictures {
  if (filter === 'none') return pictures
  const { width, height, valid } = pictures
  const through = (pixels: Float32Array) => filteredTarget({ width, height, pixels, valid }, filter)
  const drr = through(pictures.drr)
  return {
    width,
    height,
    valid: drr.valid,
    drr: drr.pixels,
    xray: through(pictures.xray).pixels,
    drrColumns: pictures.drrColumns.map((plane) => through(plane).pixels),
    xrayColumns: pictures.xrayColumns.map((plane) => through(plane).pixels),
  }
}
