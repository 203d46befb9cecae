import { type Matrix4 } from '../contract/matrix.js'
import { noCaps } from '../rendering/cpu/drr-renderer.js'
import { judge } from './judge.js'
import { type Stage } from './level-schedule.js'
import { type RegistrationScene } from './registration-scene.js'
import { type Candidate } from './search/candidate.js'

/** Loss that rays through the ends may add before they are taken for rays that miss a part of the body. */
const tolerance = { share: 1.25, offset: 0.02 } as const

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
 * Rays through the ends of a volume are worth comparing unless the body goes on in the X-ray beyond them. Where they fit
 * at a pose about as well as the others, it does not, and they count: more of the picture decides.
 */
export function sceneWithFittingEnds(
  scene: RegistrationScene,
  stages: readonly Stage[],
  pose: Matrix4,
): RegistrationScene {
  if (!leavesEndsOut(scene)) return scene
  const all = withEnds(scene)
  const without = judge(scene, stages, pose)
  const complete = judge(all, stages, pose)
  const gain = complete.validFraction > without.validFraction
  const fits = complete.loss <= tolerance.share * without.loss + tolerance.offset
  return gain && fits ? all : scene
}

/** What a search found, and the scene in which its losses were measured. */
export interface Found {
  readonly scene: RegistrationScene
  readonly candidates: readonly Candidate[]
}

/** A search's answer with few comparable pixels must fit better to be preferred: it may agree by chance. */
export function preferred(a: Found, b: Found, stages: readonly Stage[]): Found {
  const score = ({ scene, candidates }: Found) => {
    const { loss, validFraction } = judge(scene, stages, candidates[0].worldFromVolume)
    return loss + scarcityPenalty * Math.max(0, 1 - validFraction / amplePixels)
  }
  return score(a) <= score(b) ? a : b
}

const scarcityPenalty = 0.3
const amplePixels = 0.5
