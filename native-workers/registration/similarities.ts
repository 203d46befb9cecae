import { type Similarities } from '../contract/files/registration-result.js'
import { type Matrix4 } from '../contract/matrix.js'
import { similarityMetrics } from '../similarity/metrics.js'
import { judgementStage, type Stage } from './level-schedule.js'
import { type RegistrationScene } from './registration-scene.js'
import { standardisation } from './standardise.js'
import { stageEvaluator } from './stage-runner.js'

/** xvr's metrics of every view at a pose, over the pixels that were compared, at the stage where confidence is judged. */
export function similaritiesAt(
  scene: RegistrationScene,
  stages: readonly Stage[],
  worldFromVolume: Matrix4,
): Similarities[] {
  const evaluator = stageEvaluator(scene, judgementStage(stages), worldFromVolume)
  try {
    evaluator.evaluate(worldFromVolume)
    return evaluator.pictures().map(({ xray, drr }) => {
      const pair = {
        width: xray.width,
        height: xray.height,
        fixed: xray.pixels.map(standardisation(xray.pixels, drr.valid).apply),
        moving: drr.pixels.map(standardisation(drr.pixels, drr.valid).apply),
        valid: drr.valid,
      }
      return {
        ncc: similarityMetrics.ncc(pair).value,
        mncc: similarityMetrics.mncc(pair).value,
        gncc: similarityMetrics.gncc(pair).value,
        gmncc: similarityMetrics.gmncc(pair).value,
      }
    })
  } finally {
    evaluator.release()
  }
}
