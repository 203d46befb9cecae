import { type Matrix4 } from '../contract/matrix.js'
import { type Stage } from './level-schedule.js'
import { penalisedLoss } from './normal-equations.js'
import { type EvaluationListener, type RegistrationScene } from './registration-scene.js'
import { type Candidate } from './search/candidate.js'
import { runStage } from './stage-runner.js'

/** Minimises stage after stage. */
export async function runStages(
  scene: RegistrationScene,
  stages: readonly Stage[],
  start: Matrix4,
  listener: EvaluationListener,
  startLoss = Infinity,
): Promise<Candidate> {
  let candidate: Candidate = { worldFromVolume: start, loss: startLoss }
  for (const stage of stages) {
    const { worldFromVolume, equations } = await runStage(scene, stage, candidate.worldFromVolume, listener)
    candidate = { worldFromVolume, loss: penalisedLoss(equations) }
  }
  return candidate
}

/** Each candidate refined at one stage, best first. */
export async function refineBest(
  scene: RegistrationScene,
  stage: Stage,
  candidates: readonly Candidate[],
  listener: EvaluationListener,
): Promise<Candidate[]> {
  const refined: Candidate[] = []
  for (const { worldFromVolume } of candidates) {
    refined.push(await runStages(scene, [stage], worldFromVolume, listener))
  }
  return refined.sort((a, b) => a.loss - b.loss)
}
