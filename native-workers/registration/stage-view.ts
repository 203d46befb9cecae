import { type Matrix4 } from '../contract/matrix.js'
import { scaleCamera } from '../geometry/camera.js'
import { areaResample } from '../imaging/picture/area-resample.js'
import { coarsestLevel, pixelSizeAtMm, type Stage } from './level-schedule.js'
import { cropView, shadowRectangle } from './region-of-interest.js'
import { type RegistrationScene, type RegistrationView } from './registration-scene.js'

/** Room around the object's shadow in which it may move during a stage, as a share of the shadow's edge. */
const regionMargin = 0.25

/** One view at one stage's size. */
export interface StageView {
  readonly view: RegistrationView
  readonly level: number
  /** Size of a pixel at the isocentre. */
  readonly pixelMm: number
}

/**
 * Cuts a view to the object's shadow at a pose and shrinks it to the stage's size (never enlarges it); without
 * `content` the whole picture counts.
 */
export function stageView(
  scene: Pick<RegistrationScene, 'problem' | 'levelSpacingsMm'> & {
    readonly content: RegistrationScene['content'] | null
  },
  view: RegistrationView,
  stage: Pick<Stage, 'edgePixels' | 'voxelsPerPixel'>,
  worldFromVolume: Matrix4,
): StageView {
  const { content, problem } = scene
  const { width: fullWidth, height: fullHeight } = view.picture
  const whole = { left: 0, top: 0, width: fullWidth, height: fullHeight }
  const shadow = content === null ? whole : shadowRectangle(view.camera, worldFromVolume, content, 0)
  const edge = Math.sqrt(shadow.width * shadow.height)
  const region =
    content === null ? whole : shadowRectangle(view.camera, worldFromVolume, content, regionMargin * edge)
  const cut = cropView(view, region)
  const scale = Math.min(1, stage.edgePixels / edge)
  const width = Math.max(4, Math.round(region.width * scale))
  const height = Math.max(4, Math.round(region.height * scale))
  const camera = scaleCamera(cut.camera, width, height)
  const pixelMm = pixelSizeAtMm(camera, worldFromVolume, problem.centreMm)
  const level = coarsestLevel(scene.levelSpacingsMm, stage.voxelsPerPixel * pixelMm)
  return { view: { ...view, camera, picture: areaResample(cut.picture, width, height) }, level, pixelMm }
}
