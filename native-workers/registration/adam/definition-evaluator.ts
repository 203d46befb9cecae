import { type Matrix4 } from '../../contract/matrix.js'
import { type GreyPicture } from '../../imaging/picture/area-resample.js'
import { type SimilarityMetric } from '../../similarity/image-pair.js'
import { similarityMetrics } from '../../similarity/metrics.js'
import { cameraFromVolume, twistFrame } from '../pose-problem.js'
import { type RegistrationScene } from '../registration-scene.js'
import { maskedStageView } from '../stage-runner.js'
import { stageView } from '../stage-view.js'
import { standardisation } from '../standardise.js'
import {
  derivativesPerPixel,
  type TangentPicture,
  TangentRenderer,
} from '../../rendering/cpu/tangent-renderer.js'
import { type AdamStage } from './adam-schedule.js'

/** A metric by its definition, 1 - similarity, and its derivative to a twist of the volume (rad, mm). */
export interface LossGradient {
  readonly loss: number
  readonly gradient: Float64Array
}

/** Evaluates poses by the metrics' definitions (spec §2.1), averaged over views; `release` frees its buffers. */
export interface DefinitionEvaluator {
  evaluate(worldFromVolume: Matrix4): LossGradient
  release(): void
}

/** @param pose decides region, level and, for isolated objects, the mask; it stays so while the evaluator lives */
export function definitionEvaluator(
  scene: RegistrationScene,
  stage: AdamStage,
  pose: Matrix4,
): DefinitionEvaluator {
  const { arena } = scene.renderer.threads
  const mark = arena.mark()
  const views = scene.views.map((view) => {
    const { view: shrunk, level } = maskedStageView(scene, stageView(scene, view, stage, pose), stage, pose)
    return { shrunk, tangents: new TangentRenderer(scene.renderer, level, shrunk.picture.valid) }
  })
  return {
    evaluate(worldFromVolume) {
      const twist = twistFrame(scene.problem, worldFromVolume)
      const gradient = new Float64Array(derivativesPerPixel)
      let loss = 0
      for (const { shrunk, tangents } of views) {
        const { camera, picture } = shrunk
        const drr = tangents.render(camera, cameraFromVolume(camera, worldFromVolume), twist)
        const part = throughMetric(similarityMetrics[stage.metric], picture, drr)
        loss += part.loss / views.length
        for (let p = 0; p < derivativesPerPixel; p++) gradient[p] += part.gradient[p] / views.length
      }
      return { loss, gradient }
    },
    release() {
      arena.release(mark)
    },
  }
}

/** The metric on standardised pictures, its derivative to the pixels chained with theirs to the pose. */
function throughMetric(metric: SimilarityMetric, xray: GreyPicture, drr: TangentPicture): LossGradient {
  const { width, height, valid, derivatives } = drr
  const [fixed, moving] = [standardisation(xray.pixels, valid), standardisation(drr.pixels, valid)]
  const { value, gradient: perPixel } = metric({
    width,
    height,
    fixed: xray.pixels.map(fixed.apply),
    moving: drr.pixels.map(moving.apply),
    valid,
  })
  // The standardisation's own change with the pose is left out: metrics depend on it through their epsilon alone.
  const gradient = new Float64Array(derivativesPerPixel)
  for (let n = 0; n < perPixel.length; n++) {
    for (let p = 0; p < derivativesPerPixel; p++)
      gradient[p] -= moving.slope * perPixel[n] * derivatives[n * derivativesPerPixel + p]
  }
  return { loss: 1 - value, gradient }
}
