import { type Matrix4 } from '../contract/matrix.js'
import { noCaps } from '../rendering/cpu/drr-renderer.js'
import { judge } from './judge.js'
import { runStages } from './run-stages.js'
import { type Stage } from './level-schedule.js'
import { penalisedLoss } from './normal-equations.js'
import { type EvaluationListener, type RegistrationScene } from './registration-scene.js'
import { type Candidate } from './search/candidate.js'

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
 * the pictures agree clearly better without these rays, each way at its own best pose. Without them the pose is sought
 * anew from the first stage on, since comparing them may have led astray.
 * @param starts poses to seek from without the ends' rays; the first is also where all rays are compared
 */
export async function decideEnds(
  scene: RegistrationScene,
  stages: readonly Stage[],
  starts: readonly Matrix4[],
  listener: EvaluationListener,
): Promise<Candidate & { readonly scene: RegistrationScene }> {
  const complete = withEnds(scene)
  const all = await runStages(complete, stages.slice(1, 2), starts[0], listener)
  if (!leavesEndsOut(scene) || all.loss < certainLoss) return { scene: complete, ...all }
  const without: Candidate[] = []
  for (const start of starts) without.push(await runStages(scene, stages.slice(0, 2), start, listener))
  const best = without.reduce((a, b) => (b.loss < a.loss ? b : a))
  const { validFraction } = judge(scene, stages.slice(0, 2), best.worldFromVolume)
  const clearly = best.loss < goesOn.lossShare * all.loss && validFraction > goesOn.validFraction
  return clearly ? { scene, ...best } : { scene: complete, ...all }
}

/** With a loss this low at the second stage nothing of the body can be missing. */
const certainLoss = 0.12

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
