import { type Confidence } from '../../contract/files/registration-result.js'
import { type Matrix4, type Vector3 } from '../../contract/matrix.js'
import { transformPoint, transpose3, multiplyVector3, subtract } from '../../geometry/matrix.js'
import { judgementStage, type Stage } from '../level-schedule.js'
import { type PoseProblem } from '../pose-problem.js'
import { type EvaluationListener, type RegistrationScene } from '../registration-scene.js'
import { antipodalPose, candidatePoses, poseDistanceMm, type SearchRange } from '../search/candidate-poses.js'
import { judge } from '../judge.js'
import { runStages } from '../run-stages.js'
import { jackknifePoses } from './block-jackknife.js'
import { weakestDirection } from './weakest-direction.js'

/** Starts from which a trustworthy answer is found again. */
const restartRange: SearchRange = { rotationDeg: [4, 4, 4], translationMm: [4, 4, 10] }
const isolatedRestartRange: SearchRange = { rotationDeg: [3, 3, 3], translationMm: [2, 2, 4] }
const restartCount = 4
/** The jackknife underestimates: the error is about twice it in the median (registration recipe §5). */
const jackknifeFactor = 2

/** What can be said without any further registration. */
export function quickConfidence(
  scene: RegistrationScene,
  stages: readonly Stage[],
  pose: Matrix4,
): Confidence {
  const equations = judge(scene, stages, pose)
  return {
    finalLoss: equations.loss,
    jackknifeMm: null,
    restartSpreadMm: null,
    antipodeMargin: null,
    expectedErrorMm: null,
    weakestDirection: weakestDirection(equations),
    depthUncertaintyMm: null,
    inPlaneUncertaintyMm: null,
    validPixelFraction: equations.validFraction,
  }
}

/**
 * Jackknife, restarts and the opposite view (registration recipe §5). The opposite view says nothing of a single bone,
 * whose shadow may be compared anywhere, so its margin is null then.
 */
export async function assessConfidence(
  scene: RegistrationScene,
  stages: readonly Stage[],
  pose: Matrix4,
  seed: number,
  listener: EvaluationListener,
): Promise<Confidence> {
  const quick = quickConfidence(scene, stages, pose)
  const judged = judgementStage(stages)
  const last = stages.indexOf(judged)
  const jackknifed = await jackknifePoses(scene, judged, pose, listener)
  const restartStages = stages.slice(Math.max(0, last - 1), last + 1)
  const range = scene.isolated ? isolatedRestartRange : restartRange
  const starts = candidatePoses(scene.problem, pose, range, restartCount + 1, seed).slice(1)
  const restarted: Matrix4[] = []
  for (const start of starts) {
    restarted.push((await runStages(scene, restartStages, start, listener)).worldFromVolume)
  }
  const jackknifeMm = spreadMm(scene.problem, jackknifed, pose) * Math.sqrt(jackknifed.length - 1)
  const restartSpreadMm = spreadMm(scene.problem, restarted, pose)
  const uncertainty = centreUncertainty(scene.problem, pose, [...jackknifed, ...restarted])
  return {
    ...quick,
    jackknifeMm,
    restartSpreadMm,
    expectedErrorMm: Math.max(restartSpreadMm, jackknifeFactor * jackknifeMm),
    depthUncertaintyMm: jackknifeFactor * uncertainty.depthMm,
    inPlaneUncertaintyMm: jackknifeFactor * uncertainty.inPlaneMm,
    antipodeMargin: scene.isolated
      ? null
      : await antipodeMargin(scene, stages, pose, quick.finalLoss, listener),
  }
}

/** Root mean square displacement of points between poses and a reference. */
function spreadMm(problem: PoseProblem, poses: readonly Matrix4[], reference: Matrix4): number {
  const squares = poses.map((pose) => poseDistanceMm(problem, pose, reference) ** 2)
  return Math.sqrt(squares.reduce((sum, value) => sum + value, 0) / Math.max(1, poses.length))
}

function centreUncertainty(problem: PoseProblem, reference: Matrix4, poses: readonly Matrix4[]) {
  const toCamera = transpose3(problem.axesInWorld)
  const centre = transformPoint(reference, problem.centreMm)
  const shifts = poses.map((pose): Vector3 =>
    multiplyVector3(toCamera, subtract(transformPoint(pose, problem.centreMm), centre)),
  )
  const rootMean = (square: (shift: Vector3) => number) =>
    Math.sqrt(shifts.reduce((sum, shift) => sum + square(shift), 0) / Math.max(1, shifts.length))
  return {
    depthMm: rootMean((shift) => shift[2] ** 2),
    inPlaneMm: rootMean((shift) => shift[0] ** 2 + shift[1] ** 2),
  }
}

async function antipodeMargin(
  scene: RegistrationScene,
  stages: readonly Stage[],
  pose: Matrix4,
  loss: number,
  listener: EvaluationListener,
): Promise<number> {
  const opposite = antipodalPose(scene.problem, pose)
  const { worldFromVolume } = await runStages(scene, stages.slice(0, 2), opposite, listener)
  return judge(scene, stages, worldFromVolume).loss - loss
}
