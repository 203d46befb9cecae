import { type Matrix4 } from '../contract/matrix.js'
import { type Stage } from './level-schedule.js'
import { type EvaluationListener, type RegistrationScene } from './registration-scene.js'
import { candidatePoses, poseDistanceMm, type SearchRange } from './search/candidate-poses.js'
import { type Candidate, searchPoses } from './search/global-search.js'
import { runStage } from './stage-runner.js'

/** Above this loss after the second stage a start has most likely led into a wrong basin (registration recipe §5). */
const doubtfulLoss = 0.35
/** Where a doubtful start is looked for again, about where it began. */
const rescueRange: SearchRange = { rotationDeg: [30, 30, 30], translationMm: [50, 50, 90] }
const rescueStarts = 80

/** Perturbations from which an isolated object is tried as well; the lowest loss wins (registration recipe §4). */
const isolatedRange: SearchRange = { rotationDeg: [10, 10, 10], translationMm: [8, 8, 12] }
const isolatedStarts = 10

/**
 * Refines a starting pose through the stages. A body whose second stage ends doubtful is looked for again around the
 * start; an isolated object is tried from several starts, since its basin is small.
 */
export async function refineFromStart(
  scene: RegistrationScene,
  stages: readonly Stage[],
  start: Matrix4,
  seed: number,
  listener: EvaluationListener,
): Promise<Candidate> {
  if (scene.isolated) return refineIsolated(scene, stages, start, seed, listener)
  const coarse = await runStages(scene, stages.slice(0, 2), start, listener)
  if (coarse.loss <= doubtfulLoss || stages.length < 2) {
    return runStages(scene, stages.slice(2), coarse.worldFromVolume, listener, coarse.loss)
  }
  const starts = candidatePoses(scene.problem, start, rescueRange, rescueStarts, seed)
  const found = await searchPoses(scene, starts, 8, listener)
  const best = await refineBest(scene, stages[1], found.slice(0, 4), listener)
  const better = best[0].loss < coarse.loss ? best[0] : coarse
  return runStages(scene, stages.slice(2), better.worldFromVolume, listener, better.loss)
}

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
    candidate = { worldFromVolume, loss: equations.loss }
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

/**
 * Losses of different masks can't be compared, and each pose has its own: the candidates are judged by the loss at the
 * second last stage, where their masks have settled around the object's shadow.
 */
async function refineIsolated(
  scene: RegistrationScene,
  stages: readonly Stage[],
  start: Matrix4,
  seed: number,
  listener: EvaluationListener,
): Promise<Candidate> {
  const starts = candidatePoses(scene.problem, start, isolatedRange, isolatedStarts, seed)
  const coarse: Candidate[] = []
  for (const pose of starts) coarse.push(await runStages(scene, stages.slice(0, -2), pose, listener))
  coarse.sort((a, b) => a.loss - b.loss)
  const distinct = coarse.filter(
    (candidate, n) =>
      !coarse
        .slice(0, n)
        .some(
          (other) => poseDistanceMm(scene.problem, other.worldFromVolume, candidate.worldFromVolume, 30) < 1,
        ),
  )
  const [best] = await refineBest(scene, stages[stages.length - 2], distinct.slice(0, 4), listener)
  return runStages(scene, stages.slice(-1), best.worldFromVolume, listener, best.loss)
}
