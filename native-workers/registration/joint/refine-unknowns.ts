import { type Matrix4 } from '../../contract/matrix.js'
import { judgementStage, type Stage } from '../level-schedule.js'
import { type EvaluationListener, type RegistrationScene } from '../registration-scene.js'
import { runStages } from '../run-stages.js'
import { curvedPicture, describeCurve } from './intensity-curve.js'
import { changedCamera, describeIntrinsics } from './intrinsics-change.js'
import { type JointChoices } from './joint-view.js'
import { refineJointly } from './refine-jointly.js'

/** A scene whose cameras and X-rays are as refined, the pose in it, and what is to be told. */
export interface RefinedUnknowns {
  readonly scene: RegistrationScene
  readonly worldFromVolume: Matrix4
  /** Per view. */
  readonly notes: readonly (readonly string[])[]
  readonly warnings: readonly string[]
}

/**
 * Refines what was asked for beside the pose, the intensity curve before the intrinsics, since a wrong curve hides the
 * little that intrinsics change; then the pose again at the last stages. Of an isolated object nothing is refined: its
 * X-ray shows more than the volume holds, and a small bone tells nothing of the perspective.
 */
export async function refineUnknowns(
  scene: RegistrationScene,
  stages: readonly Stage[],
  start: Matrix4,
  choices: JointChoices,
  listener: EvaluationListener,
): Promise<RefinedUnknowns> {
  const unchanged = { scene, worldFromVolume: start, notes: scene.views.map(() => []), warnings: [] }
  if (!choices.intrinsics && !choices.intensity) return unchanged
  if (scene.isolated) return { ...unchanged, warnings: refusals(choices) }
  let refined: RefinedUnknowns = unchanged
  const judged = judgementStage(stages)
  if (choices.intensity) {
    refined = await refineOne(refined, judged, { intrinsics: false, intensity: true }, listener)
  }
  if (choices.intrinsics) {
    refined = await refineOne(refined, judged, { intrinsics: true, intensity: false }, listener)
  }
  const last = stages.slice(stages.indexOf(judged))
  const { worldFromVolume } = await runStages(refined.scene, last, refined.worldFromVolume, listener)
  return { ...refined, worldFromVolume }
}

async function refineOne(
  { scene, worldFromVolume: start, notes, warnings }: RefinedUnknowns,
  stage: Stage,
  choices: JointChoices,
  listener: EvaluationListener,
): Promise<RefinedUnknowns> {
  const { worldFromVolume, views: found } = await refineJointly(scene, stage, start, choices, listener)
  const views = scene.views.map((view, n) => ({
    ...view,
    camera: choices.intrinsics ? changedCamera(view.camera, found[n].intrinsicsChange) : view.camera,
    picture: choices.intensity ? curvedPicture(view.picture, found[n].curve) : view.picture,
  }))
  return {
    scene: { ...scene, views },
    worldFromVolume,
    warnings,
    notes: notes.map((told, n) => [
      ...told,
      ...(choices.intensity ? [describeCurve(found[n].curve)] : []),
      ...(choices.intrinsics
        ? describeIntrinsics(scene.views[n].camera, views[n].camera, found[n].intrinsicsDeviation)
        : []),
    ]),
  }
}

function refusals({ intrinsics, intensity }: JointChoices): string[] {
  return [
    ...(intrinsics
      ? [
          'The intrinsics were not refined: the structures alone, among others in the X-ray, do not determine them.',
        ]
      : []),
    ...(intensity
      ? [
          'No intensity curve was fitted: the X-ray shows things that the volume or the chosen structures do not hold.',
        ]
      : []),
  ]
}
