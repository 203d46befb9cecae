import { type Matrix4 } from '../../contract/matrix.js'
import { type Stage } from '../level-schedule.js'
import { penalisedLoss } from '../normal-equations.js'
import { refineBest } from '../run-stages.js'
import { type EvaluationListener, type RegistrationScene } from '../registration-scene.js'
import { stageEvaluator } from '../stage-runner.js'
import { antipodalPose, candidatePoses, type SearchRange } from './candidate-poses.js'
import { convincingLoss, type Found, leavesEndsOut, preferred, withEnds } from '../cut-ends.js'
import { type Candidate } from './candidate.js'
import { searchPoses } from './global-search.js'

/** Starts per side of the patient and round, for ranges up to 50 degrees and for wider ones (registration recipe §3). */
const starts = { usual: 128, wide: 320 } as const
const usualRangeDeg = 50
/** Candidates kept by global NCC, and of these refined by the metric asked for. */
const followed = 24
const refined = 5
/** Rounds with other starts while nothing convinces. */
const maxRounds = 4
/** Of these with all rays, and with those through the volume's ends left out. */
const roundsEach = 2

/** Half widths about the nominal pose, and whether the view from the opposite side is searched too. */
export interface StartSearch extends SearchRange {
  readonly antipode: boolean
  readonly seed: number
}

/**
 * Looks for the pose over a range around a nominal one and, unless told not to, around the view from the opposite side.
 * Where the volume may be shorter than the body, all rays are compared first; only if nothing convinces then, those
 * through its ends are left out; which rays count in the end is decided later, at the pose found (`decideEnds`).
 * Returns the candidates of both sides after the second stage, best first.
 */
export async function findStart(
  scene: RegistrationScene,
  stages: readonly Stage[],
  nominal: Matrix4,
  search: StartSearch,
  listener: EvaluationListener,
): Promise<readonly Candidate[]> {
  const rounds = leavesEndsOut(scene) ? roundsEach : maxRounds
  const all = await searchRounds(withEnds(scene), stages[1], nominal, search, rounds, listener)
  if (!leavesEndsOut(scene) || all.candidates[0].loss < convincingLoss) return all.candidates
  const without = await searchRounds(scene, stages[1], nominal, search, rounds, listener)
  return preferred(all, without, stages.slice(0, 2)).candidates
}

async function searchRounds(
  scene: RegistrationScene,
  stage: Stage,
  nominal: Matrix4,
  search: StartSearch,
  rounds: number,
  listener: EvaluationListener,
): Promise<Found> {
  const count = Math.max(...search.rotationDeg) > usualRangeDeg ? starts.wide : starts.usual
  const sides = search.antipode ? [nominal, antipodalPose(scene.problem, nominal)] : [nominal]
  let candidates: Candidate[] = []
  for (let round = 0; round < rounds; round++) {
    const seed = search.seed * maxRounds + round
    for (const side of sides) {
      const poses = candidatePoses(scene.problem, side, search, count, seed)
      const found = await searchPoses(scene, poses, followed, listener)
      const promising = rankedBy(scene, stage, found).slice(0, refined)
      candidates.push(...(await refineBest(scene, stage, promising, listener)))
    }
    candidates = candidates.toSorted((a, b) => a.loss - b.loss)
    if (candidates[0].loss < convincingLoss) break
  }
  return { scene, candidates }
}

/** Candidates by the stage's metric, best first. */
function rankedBy(scene: RegistrationScene, stage: Stage, candidates: readonly Candidate[]): Candidate[] {
  const evaluator = stageEvaluator(scene, stage, candidates[0].worldFromVolume)
  try {
    return candidates
      .map(({ worldFromVolume }) => ({
        worldFromVolume,
        loss: penalisedLoss(evaluator.evaluate(worldFromVolume)),
      }))
      .sort((a, b) => a.loss - b.loss)
  } finally {
    evaluator.release()
  }
}
