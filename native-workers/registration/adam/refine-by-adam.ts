import { type Matrix4 } from '../../contract/matrix.js'
import { movePose } from '../pose-problem.js'
import { type EvaluationListener, type RegistrationScene } from '../registration-scene.js'
import { type Candidate } from '../search/candidate.js'
import { Adam } from './adam.js'
import { type AdamStage } from './adam-schedule.js'
import { definitionEvaluator } from './definition-evaluator.js'
import { PlateauSchedule } from './plateau.js'

const plateau = { threshold: 1e-4, factor: 0.1 } as const

/**
 * xvr's optimiser (spec §4.4): Adam on the metric's definition, stage after stage, with rates that fall on plateaus. Its
 * variables are twists in the first camera's axes about the isocentre where xvr's are Euler angles and a translation,
 * which changes the path and not where it ends. The best pose seen is kept, xvr keeps the last.
 */
export async function refineByAdam(
  scene: RegistrationScene,
  stages: readonly AdamStage[],
  start: Matrix4,
  listener: EvaluationListener,
): Promise<Candidate> {
  let candidate: Candidate = { worldFromVolume: start, loss: Infinity }
  for (const stage of stages)
    candidate = await runAdamStage(scene, stage, candidate.worldFromVolume, listener)
  return candidate
}

async function runAdamStage(
  scene: RegistrationScene,
  stage: AdamStage,
  start: Matrix4,
  listener: EvaluationListener,
): Promise<Candidate> {
  const evaluator = definitionEvaluator(scene, stage, start)
  try {
    const adam = new Adam(6)
    const schedule = new PlateauSchedule({ ...plateau, patience: stage.patience })
    let best: Candidate = { worldFromVolume: start, loss: Infinity }
    let pose = start
    for (let iteration = 0; iteration < stage.maxIterations; iteration++) {
      const { loss, gradient } = evaluator.evaluate(pose)
      const accepted = loss < best.loss
      if (accepted) best = { worldFromVolume: pose, loss }
      await listener({ stage: stage.name, worldFromVolume: pose, loss, accepted })
      schedule.record(1 - loss)
      if (schedule.reductions >= stage.maxReductions) break
      const rotation = stage.rotationRateRad * schedule.factor
      const translation = stage.translationRateMm * schedule.factor
      const rates = [rotation, rotation, rotation, translation, translation, translation]
      pose = movePose(scene.problem, pose, adam.step(gradient, rates))
    }
    return best
  } finally {
    evaluator.release()
  }
}
