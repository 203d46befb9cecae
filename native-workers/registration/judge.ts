import { type Matrix4 } from '../contract/matrix.js'
import { judgementStage, type Stage } from './level-schedule.js'
import { type NormalEquations } from './normal-equations.js'
import { type RegistrationScene } from './registration-scene.js'
import { stageEvaluator } from './stage-runner.js'

/** The equations at a pose, at the stage at which confidence is judged. */
export function judge(scene: RegistrationScene, stages: readonly Stage[], pose: Matrix4): NormalEquations {
  const evaluator = stageEvaluator(scene, judgementStage(stages), pose)
  try {
    return evaluator.evaluate(pose)
  } finally {
    evaluator.release()
  }
}
