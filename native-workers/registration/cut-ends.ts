import { type Matrix4 } from '../contract/matrix.js'
import { noCaps } from '../rendering/cpu/drr-renderer.js'
import { judge } from './judge.js'
import { type Stage } from './level-schedule.js'
import { penalisedLoss } from './normal-equations.js'
import { type EvaluationListener, type RegistrationScene } from './registration-scene.js'
import { type Candidate } from './search/candidate.js'
import { runStage } from './stage-runner.js'

/**
 * Share of the loss with all rays below which the loss without those through the ends must fall to show that the body
 * goes on beyond them; and the share of pixels that must remain to show anything.
 */
const goesOn = { lossShare: 0.85, validFraction: 0.25 } as const

/** A loss at the second stage below this needs no further search (registration recipe §5: good ones end at most at 0.25). */
export const convincingLoss = 0.3

/** Whether rays through the volume's ends are left out. */
export const leavesEndsOut = (scene: RegistrationScene): boolean => scene.renderer.caps.ends !== 0

/** The scene with all rays compared, also those through the volume's ends. */
export const withEnds = (scene: RegistrationScene): RegistrationScene => ({
  ...scene,
  renderer: scene.renderer.withCaps(noCaps),
})

/**
 * Rays through the ends of a volume are worth comparing unless the body goes on in the X-ray beyond them. It does where
 * the pictures agree clearly better without these rays, each way at its own best pose.
 */
export async function decideEnds(
  scene: RegistrationScene,
  stage: Stage,
  pose: Matrix4,
  listener: EvaluationListener,
): Promise<Found['candidates'][number] & { readonly scene: RegistrationScene }> {
  const complete = withEnds(scene)
  const all = await runStage(complete, stage, pose, listener)
  const allLoss = penalisedLoss(all.equations)
  const kept = { scene: complete, worldFromVolume: all.worldFromVolume, loss: allLoss }
  if (!leavesEndsOut(scene)) return kept
  const without = await runStage(scene, stage, all.worldFromVolume, listener)
  const loss = penalisedLoss(without.equations)
  const clearly = loss < goesOn.lossShare * allLoss && without.equations.validFraction > goesOn.validFraction
  return clearly ? { scene, worldFromVolume: without.worldFromVolume, loss } : kept
}

/** What a search found, and the scene in which its losses were measured. */
export interface Found {
  readonly scene: RegistrationScene
  readonly candidates: readonly Candidate[]
}

/** A search's answer with few comparable pixels must fit better to be preferred: it may agree by chance. */
export function preferred(a: Found, b: Found, stages: readonly Stage[]): Found {
  const score = ({ scene, candidates }: Found) => {
    const equations = judge(scene, stages, candidates[0].worldFromVolume)
    return penalisedLoss(equations) + scarcityPenalty * Math.max(0, 1 - equations.validFraction / amplePixels)
  }
  return score(a) <= score(b) ? a : b
}

const scarcityPenalty = 0.3
const amplePixels = 0.5
