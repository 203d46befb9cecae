import { type Matrix4 } from '../contract/matrix.js'
import { dampedStep, type NormalEquations } from './normal-equations.js'
import { movePose, type PoseProblem } from './pose-problem.js'

export interface LevenbergMarquardtOptions {
  readonly maxRenders: number
  /** Stop once a step moves points by less than this, mm. */
  readonly moveToleranceMm: number
  /** Stop once an accepted step lowers the loss by less than this share. */
  readonly gainTolerance: number
  readonly initialDamping: number
  readonly maxRotationRad: number
  readonly maxTranslationMm: number
  /** Poses at which fewer pixels than this share of the start's can be compared are refused. */
  readonly minValidShare: number
}

/** Registration recipe §1. */
export const defaultOptions: LevenbergMarquardtOptions = {
  maxRenders: 30,
  moveToleranceMm: 0.02,
  gainTolerance: 1e-4,
  initialDamping: 0.3,
  maxRotationRad: 0.35,
  maxTranslationMm: 60,
  minValidShare: 0.5,
}

export interface Evaluation {
  readonly worldFromVolume: Matrix4
  readonly equations: NormalEquations
  readonly accepted: boolean
}

export interface Minimum {
  readonly worldFromVolume: Matrix4
  readonly equations: NormalEquations
  readonly renders: number
}

const maxRejections = 6
const minDamping = 1e-5

/**
 * Levenberg-Marquardt on a loss with Gauss-Newton equations; every trial step is rendered with its derivatives, since
 * these cost little more than the picture. A generator: each evaluation is yielded, so that the caller can report,
 * cancel or run many minimisations side by side by answering the poses that `ask` yields.
 */
export function* minimise(
  problem: PoseProblem,
  start: Matrix4,
  options: LevenbergMarquardtOptions,
): Generator<Matrix4, Minimum, NormalEquations> {
  let worldFromVolume = start
  let equations = yield start
  const minValid = options.minValidShare * equations.validFraction
  let damping = options.initialDamping
  let rejections = 0
  let renders = 1
  while (renders < options.maxRenders) {
    const step = dampedStep(equations, damping)
    if (step === null) break
    const moveMm = limitStep(step, options)
    const trial = movePose(problem, worldFromVolume, step)
    const next = yield trial
    renders++
    if (next.loss < equations.loss && next.validFraction >= minValid) {
      const gain = (equations.loss - next.loss) / equations.loss
      worldFromVolume = trial
      equations = next
      damping = Math.max(minDamping, damping * 0.2)
      rejections = 0
      if (gain < options.gainTolerance) break
    } else {
      damping = Math.max(damping * 6, 1e-3)
      rejections++
      if (rejections >= maxRejections) break
    }
    if (moveMm < options.moveToleranceMm) break
  }
  return { worldFromVolume, equations, renders }
}

/** Shortens a step to its bounds and returns the movement of points it means: 1 rad ~ 100 mm, depth shows little. */
function limitStep(step: Float64Array, options: LevenbergMarquardtOptions): number {
  const rotation = Math.hypot(step[0], step[1], step[2])
  const translation = Math.hypot(step[3], step[4], step[5])
  const factor = Math.min(
    1,
    options.maxRotationRad / (rotation + 1e-12),
    options.maxTranslationMm / (translation + 1e-12),
  )
  for (let n = 0; n < 6; n++) step[n] *= factor
  return factor * (rotation * 100 + translation * 0.5)
}
