import { type Matrix4 } from '../../contract/matrix.js'
import { type Stage } from '../level-schedule.js'
import { penalisedLoss } from '../normal-equations.js'
import { type EvaluationListener, type RegistrationScene } from '../registration-scene.js'
import { findStart } from '../search/find-start.js'
import { type Candidate } from '../search/candidate.js'
import { type SearchRange } from '../search/candidate-poses.js'
import { stageEvaluator } from '../stage-runner.js'
import { type NetworkStart } from './network-starts.js'

/** Where the pose is looked for around a network's, whose usual error lies well within. */
const aroundNetwork: SearchRange = { rotationDeg: [15, 15, 15], translationMm: [25, 25, 60] }

export interface ChosenStart {
  readonly start: NetworkStart
  /** What the refinement goes on from. */
  readonly found: Candidate
  readonly notes: readonly string[]
}

/**
 * The network whose pose leads to the best agreement. From each, poses around it and around the view from the opposite
 * side are tried, since the two views look alike and a network's error is wider than the basin of the finer stages.
 */
export async function chooseStart(
  scene: RegistrationScene,
  stages: readonly Stage[],
  starts: readonly NetworkStart[],
  seed: number,
  listener: EvaluationListener,
): Promise<ChosenStart> {
  const search = { ...aroundNetwork, antipode: true, seed }
  const tried: { start: NetworkStart; found: Candidate }[] = []
  for (const start of starts) {
    const [found] = await findStart(scene, stages, start.worldFromVolume, search, listener)
    tried.push({ start, found })
  }
  return best(tried)
}

/** The network whose pose agrees best as it is. */
export function chooseUnrefined(
  scene: RegistrationScene,
  stages: readonly Stage[],
  starts: readonly NetworkStart[],
): ChosenStart {
  return best(
    starts.map((start) => {
      const { worldFromVolume } = start
      return { start, found: { worldFromVolume, loss: lossAt(scene, stages[0], worldFromVolume) } }
    }),
  )
}

function lossAt(scene: RegistrationScene, stage: Stage, pose: Matrix4): number {
  const evaluator = stageEvaluator(scene, stage, pose)
  try {
    return penalisedLoss(evaluator.evaluate(pose))
  } finally {
    evaluator.release()
  }
}

function best(tried: readonly { start: NetworkStart; found: Candidate }[]): ChosenStart {
  const [first, ...others] = tried.toSorted((a, b) => a.found.loss - b.found.loss)
  const named = others.map(({ start, found }) => `"${start.network}" (${found.loss.toFixed(3)})`)
  const note =
    others.length === 0
      ? `The start is that of the network "${first.start.network}".`
      : `The start is that of the network "${first.start.network}", whose loss was least (${first.found.loss.toFixed(3)}); also tried: ${named.join(', ')}.`
  return { ...first, notes: [note] }
}
