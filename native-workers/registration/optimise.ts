import { type Matrix4 } from '../contract/matrix.js'
import { type Stage } from './level-schedule.js'
import { type EvaluationListener, type RegistrationScene } from './registration-scene.js'
import { candidatePoses, distinctBest, type SearchRange } from './search/candidate-poses.js'
import { findStart } from './search/find-start.js'
import { type Candidate } from './search/candidate.js'
import { refineBest, runStages } from './run-stages.js'
import { convincingLoss, decideEnds, leavesEndsOut, withEnds } from './cut-ends.js'

/** Above this loss after the second stage a start has most likely led into a wrong basin (registration recipe §5). */
const doubtfulLoss = 0.35
/** Where a doubtful start is looked for again, about where it began. */
const rescueRange: SearchRange = { rotationDeg: [30, 30, 30], translationMm: [50, 50, 90] }

/** Perturbations from which an isolated object is tried as well; the lowest loss wins (registration recipe §4). */
const isolatedRange: SearchRange = { rotationDeg: [10, 10, 10], translationMm: [8, 8, 12] }
const isolatedStarts = 10
const isolatedRefined = 4
const isolatedRounds = 3
const isolatedConvincingLoss = 0.5

/** A pose, and the scene in which it was found: which rays are compared may have been decided on the way. */
export interface Refined extends Candidate {
  readonly scene: RegistrationScene
}

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
): Promise<Refined> {
  if (scene.isolated) return { scene, ...(await refineIsolated(scene, stages, start, seed, listener)) }
  const coarse = await refineCoarsely(scene, stages, start, listener)
  if (coarse.loss <= doubtfulLoss) return finishRefining(scene, stages, coarse, listener, [start])
  const search = { antipode: false, seed, ...rescueRange }
  const [rescued] = await findStart(scene, stages, start, search, listener)
  return finishRefining(scene, stages, rescued.loss < coarse.loss ? rescued : coarse, listener)
}

/**
 * The first two stages. All rays are compared first; only if that does not convince, those through the ends of a volume
 * that may be shorter than the body are left out.
 */
async function refineCoarsely(
  scene: RegistrationScene,
  stages: readonly Stage[],
  start: Matrix4,
  listener: EvaluationListener,
): Promise<Candidate> {
  const first = stages.slice(0, 2)
  const all = await runStages(withEnds(scene), first, start, listener)
  if (all.loss < convincingLoss || !leavesEndsOut(scene)) return all
  const without = await runStages(scene, first, start, listener)
  return all.loss <= without.loss ? all : without
}

/** The stages after the second one, once that has settled which rays are compared. */
export async function finishRefining(
  scene: RegistrationScene,
  stages: readonly Stage[],
  { worldFromVolume }: Pick<Candidate, 'worldFromVolume'>,
  listener: EvaluationListener,
  otherStarts: readonly Matrix4[] = [],
): Promise<Refined> {
  const decided = await decideEnds(scene, stages, [worldFromVolume, ...otherStarts], listener)
  const finished = await runStages(
    decided.scene,
    stages.slice(2),
    decided.worldFromVolume,
    listener,
    decided.loss,
  )
  return { scene: decided.scene, ...finished }
}

/**
 * Losses of different masks can't be compared, and each pose has its own: the candidates are judged by the loss at the
 * second last stage, where their masks have settled around the object's shadow. Wrong poses end well above right ones
 * (registration recipe §4), so more starts are tried while the best is no better than those.
 */
async function refineIsolated(
  scene: RegistrationScene,
  stages: readonly Stage[],
  start: Matrix4,
  seed: number,
  listener: EvaluationListener,
): Promise<Candidate> {
  let best: Candidate = { worldFromVolume: start, loss: Infinity }
  for (let round = 0; round < isolatedRounds && best.loss > isolatedConvincingLoss; round++) {
    const poses = candidatePoses(
      scene.problem,
      start,
      isolatedRange,
      isolatedStarts,
      seed * isolatedRounds + round,
    )
    const coarse: Candidate[] = []
    for (const pose of poses) coarse.push(await runStages(scene, stages.slice(0, -2), pose, listener))
    const distinct = distinctBest(scene.problem, coarse, isolatedRefined, 1)
    const [refined] = await refineBest(scene, stages[stages.length - 2], distinct, listener)
    if (refined.loss < best.loss) best = refined
  }
  return runStages(scene, stages.slice(-1), best.worldFromVolume, listener, best.loss)
}
