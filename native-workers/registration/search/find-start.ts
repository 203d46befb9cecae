import { type Matrix4 } from '../../contract/matrix.js'
import { type Stage } from '../level-schedule.js'
import { refineBest } from '../optimise.js'
import { type EvaluationListener, type RegistrationScene } from '../registration-scene.js'
import { antipodalPose, candidatePoses, type SearchRange } from './candidate-poses.js'
import { type Candidate, searchPoses } from './global-search.js'

/** Starts per side of the patient for ranges up to 45 degrees, and for wider ones (registration recipe §3). */
const starts = { usual: 160, wide: 400 } as const
const usualRangeDeg = 50
const followed = 16
const refined = 4

/**
 * Looks for the pose over a range around a nominal one and, unless told not to, around the view from the opposite side.
 * Returns the best candidates of both sides after `stage`, best first.
 */
export async function findStart(
  scene: RegistrationScene,
  stage: Stage,
  nominal: Matrix4,
  range: SearchRange,
  options: { readonly antipode: boolean; readonly seed: number },
  listener: EvaluationListener,
): Promise<Candidate[]> {
  const count = Math.max(...range.rotationDeg) > usualRangeDeg ? starts.wide : starts.usual
  const sides = options.antipode ? [nominal, antipodalPose(scene.problem, nominal)] : [nominal]
  const candidates: Candidate[] = []
  for (const side of sides) {
    const poses = candidatePoses(scene.problem, side, range, count, options.seed)
    const found = await searchPoses(scene, poses, followed, listener)
    candidates.push(...(await refineBest(scene, stage, found.slice(0, refined), listener)))
  }
  return candidates.sort((a, b) => a.loss - b.loss)
}
