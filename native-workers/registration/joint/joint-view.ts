import { type Camera } from '../../contract/files/camera.js'
import { type Matrix4 } from '../../contract/matrix.js'
import { type PictureFilter } from '../../rendering/cpu/comparison-layout.js'
import { filteredTarget } from '../filtered-target.js'
import { type Stage } from '../level-schedule.js'
import { cameraFromVolume, twistFrame } from '../pose-problem.js'
import { type RegistrationScene, type RegistrationView } from '../registration-scene.js'
import { stageView, type StageView } from '../stage-view.js'
import { derivativesPerPixel, TangentRenderer } from '../tangent-renderer.js'
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

/** Steps of the central differences to the intrinsics: a part of a pixel at 128 pixels. */
const differenceSteps: readonly number[] = [0.004, 0.002, 0.002]

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
    this.#tangents = new TangentRenderer(scene.renderer, this.#stageView.level, picture.valid)
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

  /** The loss 0..2 of gmNCC's windows with its equations: six of the pose, then `nuisanceCount`. */
  evaluate(worldFromVolume: Matrix4, nuisance: Float64Array): ParameterEquations {
    const { camera, picture } = this.#stageView.view
    const { change, curve } = this.split(nuisance)
    const changed = changedCamera(camera, change)
    const toCamera = cameraFromVolume(camera, worldFromVolume)
    const drr = this.#tangents.render(changed, toCamera, twistFrame(this.#scene.problem, worldFromVolume))
    const poseColumns = Array.from({ length: derivativesPerPixel }, (_, p) =>
      drr.pixels.map((_pixel, n) => drr.derivatives[n * derivativesPerPixel + p]),
    )
    const intrinsicsColumns = this.#choices.intrinsics
      ? differenceSteps.map((step, p) => this.#intrinsicsColumn(camera, toCamera, change, p, step))
      : []
    const pictures: ComparedPictures = {
      width: drr.width,
      height: drr.height,
      valid: drr.valid,
      xray: curvedPicture(picture, curve).pixels,
      drr: drr.pixels,
      drrColumns: [...poseColumns, ...intrinsicsColumns],
      xrayColumns: this.#choices.intensity ? curveColumns(picture, curve) : [],
    }
    return addEquations(
      windows.map(({ filter, pixels, weight }) => ({
        weight,
        equations: correlationEquations(filtered(pictures, filter), pixels),
      })),
    )
  }

  #intrinsicsColumn(
    camera: Camera,
    toCamera: Matrix4,
    change: Float64Array,
    parameter: number,
    step: number,
  ): Float32Array {
    const at = (amount: number) =>
      this.#scene.renderer.render({
        level: this.#stageView.level,
        camera: changedCamera(
          camera,
          change.map((value, n) => (n === parameter ? value + amount : value)),
        ),
        cameraFromVolume: toCamera,
        method: 'trilinear',
      })
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
