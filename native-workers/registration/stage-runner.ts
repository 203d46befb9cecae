import { type Matrix4 } from '../contract/matrix.js'
import { type GreyPicture } from '../imaging/picture/area-resample.js'
import { defaultOptions, type Minimum, minimise } from './levenberg-marquardt.js'
import { type Stage } from './level-schedule.js'
import { metricChannels } from './metric-channels.js'
import { InformationComparer } from './mutual-information/information-comparer.js'
import { averageEquations, type NormalEquations } from './normal-equations.js'
import { PictureComparer } from './picture-comparer.js'
import { cameraFromVolume, twistFrame } from './pose-problem.js'
import { type EvaluationListener, type RegistrationScene } from './registration-scene.js'
import { nearSilhouette } from './silhouette-mask.js'
import { type StageView, stageView } from './stage-view.js'

/** Evaluates poses at one stage; `release` frees its buffers. */
export interface StageEvaluator {
  readonly pixelMm: number
  evaluate(worldFromVolume: Matrix4): NormalEquations
  /** Each view's X-ray and DRR of the last evaluation. */
  pictures(): { readonly xray: GreyPicture; readonly drr: GreyPicture }[]
  release(): void
}

/** @param pose decides region, level and, for isolated objects, the mask; it stays so while the evaluator lives */
export function stageEvaluator(scene: RegistrationScene, stage: Stage, pose: Matrix4): StageEvaluator {
  const { problem } = scene
  const { arena } = scene.renderer.threads
  const mark = arena.mark()
  const stageViews = scene.views.map((view) =>
    maskedStageView(scene, stageView(scene, view, stage, pose), stage, pose),
  )
  const comparers = stageViews.map((view) => comparer(scene, stage, view))
  return {
    pixelMm: Math.min(...stageViews.map(({ pixelMm }) => pixelMm)),
    evaluate(worldFromVolume) {
      const twist = twistFrame(problem, worldFromVolume)
      return averageEquations(
        comparers.map((comparer, n) =>
          comparer.evaluate(cameraFromVolume(scene.views[n].camera, worldFromVolume), twist),
        ),
      )
    },
    pictures: () =>
      comparers.map((comparer, n) => ({ xray: stageViews[n].view.picture, drr: comparer.lastPicture() })),
    release() {
      arena.release(mark)
    },
  }
}

function comparer(
  { renderer, robustScale }: RegistrationScene,
  { channels }: Stage,
  { view: { camera, picture }, level }: StageView,
): PictureComparer | InformationComparer {
  if (channels === 'mi') return new InformationComparer(renderer, level, camera, picture)
  const windows = metricChannels[channels]
  return new PictureComparer(renderer, {
    camera,
    picture,
    level,
    stepVoxels: 1,
    channels: windows,
    robustScale,
  })
}

/** A view at a stage's size; of an isolated object only what lies near its shadow at `pose` is valid. */
export function maskedStageView(
  scene: RegistrationScene,
  stageView: StageView,
  stage: Pick<Stage, 'silhouetteMarginMm'>,
  pose: Matrix4,
): StageView {
  if (!scene.isolated || stage.silhouetteMarginMm === undefined) return stageView
  const { view, level, pixelMm } = stageView
  const drr = scene.renderer.render({
    level,
    camera: view.camera,
    cameraFromVolume: cameraFromVolume(view.camera, pose),
    method: 'trilinear',
  })
  const picture = nearSilhouette(view.picture, drr, stage.silhouetteMarginMm / pixelMm)
  return { ...stageView, view: { ...view, picture } }
}

/** Minimises one stage from a pose. Isolated objects get a second pass with the mask where the first one led. */
export async function runStage(
  scene: RegistrationScene,
  stage: Stage,
  start: Matrix4,
  listener: EvaluationListener,
): Promise<Minimum> {
  const first = await runPass(scene, stage, start, listener)
  if (!scene.isolated) return first
  const second = await runPass(scene, stage, first.worldFromVolume, listener)
  return { ...second, renders: first.renders + second.renders }
}

async function runPass(
  scene: RegistrationScene,
  stage: Stage,
  start: Matrix4,
  listener: EvaluationListener,
): Promise<Minimum> {
  const evaluator = stageEvaluator(scene, stage, start)
  const patience = scene.renderer.caps.ends === 0 ? usualPatience : cutPatience
  try {
    const steps = minimise(scene.problem, start, {
      ...defaultOptions,
      ...(scene.isolated ? isolatedLimits : {}),
      maxRenders: stage.maxRenders,
      moveToleranceMm: stage.moveTolerancePixels * evaluator.pixelMm * patience.moveShare,
      gainTolerance: stage.gainTolerance * patience.gainShare,
    })
    let best = Infinity
    let next = steps.next()
    while (next.done !== true) {
      const worldFromVolume = next.value
      const equations = evaluator.evaluate(worldFromVolume)
      const accepted = equations.loss < best
      if (accepted) best = equations.loss
      await listener({ stage: stage.name, worldFromVolume, loss: equations.loss, accepted })
      next = steps.next(equations)
    }
    return next.value
  } finally {
    evaluator.release()
  }
}

/** Bones are small: a step must not leave the mask (registration recipe §4). */
const isolatedLimits = { maxRotationRad: 0.1, maxTranslationMm: 4 }

/** Where rays are left out the loss is flat along the depth, and the usual tolerances stop on the way. */
const cutPatience = { moveShare: 0.25, gainShare: 0.05 }
const usualPatience = { moveShare: 1, gainShare: 1 }
