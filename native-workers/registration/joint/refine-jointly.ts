import { type Matrix4 } from '../../contract/matrix.js'
import { solvePositiveDefinite } from '../../geometry/linear-solve.js'
import { type Stage } from '../level-schedule.js'
import { movePose } from '../pose-problem.js'
import { type EvaluationListener, type RegistrationScene } from '../registration-scene.js'
import { departureSpread, type IntensityCurve, interiorKnots, risingDepartures } from './intensity-curve.js'
import { intrinsicsParameters, intrinsicsSpread } from './intrinsics-change.js'
import { type JointChoices, JointView, nuisanceCount } from './joint-view.js'
import { addEquations, type ParameterEquations, placeEquations } from './parameter-equations.js'

/** What a joint refinement found for one view. */
export interface ViewRefinement {
  readonly intrinsicsChange: Float64Array
  /** Standard deviations that images and prior leave to `intrinsicsChange`. */
  readonly intrinsicsDeviation: Float64Array
  readonly curve: IntensityCurve
}

export interface JointRefinement {
  readonly worldFromVolume: Matrix4
  readonly views: readonly ViewRefinement[]
}

const poseParameters = 6
const maxRounds = 25
const gainTolerance = 1e-5
const maxRejections = 5
/** Pixels are alike their neighbours: this share of them counts as independent (registration recipe §5). */
const independentShare = 0.15
/** No real X-ray fits better: below this, what is left is not noise that would tell how sure an answer is. */
const leastLoss = 0.02
/** Longest step of a parameter: rotation (rad), translation (mm), others. */
const longest = { rotation: 0.1, translation: 20, intrinsics: 0.02, departure: 0.15 } as const

interface State {
  readonly worldFromVolume: Matrix4
  readonly nuisances: readonly Float64Array[]
}

/**
 * Refines the pose together with what is not quite known of each view: intrinsics and a rising intensity curve, each
 * with a Gaussian prior about what was stated and about the straight line. With N independent pixels and the loss L of
 * the start, a prior of spread s adds L / N (q / s)^2: the loss is half a mean square residual, whose variance is 2 L.
 * Levenberg-Marquardt over all parameters at once, since each of them alone would be taken up by depth.
 */
export async function refineJointly(
  scene: RegistrationScene,
  stage: Stage,
  start: Matrix4,
  choices: JointChoices,
  listener: EvaluationListener,
): Promise<JointRefinement> {
  const { arena } = scene.renderer.threads
  const mark = arena.mark()
  try {
    const views = scene.views.map((view) => new JointView(scene, view, stage, start, choices))
    const problem = jointProblem(scene, views, choices)
    const { state, equations } = await minimiseJointly(problem, start, listener)
    const deviations = deviationsOf(equations, problem.lossPerPixel(equations))
    return {
      worldFromVolume: state.worldFromVolume,
      views: views.map((view, n) => {
        const { change, curve } = view.split(state.nuisances[n])
        const first = poseParameters + n * nuisanceCount(choices)
        return {
          intrinsicsChange: change,
          intrinsicsDeviation: choices.intrinsics
            ? deviations.slice(first, first + intrinsicsParameters)
            : new Float64Array(intrinsicsParameters),
          curve,
        }
      }),
    }
  } finally {
    arena.release(mark)
  }
}

interface JointProblem {
  readonly viewCount: number
  readonly perView: number
  readonly moveToleranceMm: number
  /** Half the variance of the mean residual: what one unit of a squared, scaled prior weighs. */
  lossPerPixel(equations: ParameterEquations): number
  loss(state: State): number
  equations(state: State): ParameterEquations
  prior(state: State, weight: number): ParameterEquations
  moved(state: State, step: readonly number[]): State
}

function jointProblem(
  { problem }: RegistrationScene,
  views: readonly JointView[],
  choices: JointChoices,
): JointProblem {
  const perView = nuisanceCount(choices)
  const count = poseParameters + views.length * perView
  const spreads = [
    ...(choices.intrinsics ? intrinsicsSpread : []),
    ...(choices.intensity ? Array.from({ length: interiorKnots }, () => departureSpread) : []),
  ]
  const curveAt = choices.intrinsics ? intrinsicsParameters : 0
  const positions = (view: number) =>
    Array.from({ length: poseParameters + perView }, (_, n) => (n < poseParameters ? n : n + view * perView))
  const independent = independentShare * views.reduce((sum, { validPixels }) => sum + validPixels, 0)
  return {
    viewCount: views.length,
    perView,
    moveToleranceMm: 0.005 * Math.min(...views.map(({ pixelMm }) => pixelMm)),
    lossPerPixel: ({ loss }) => Math.max(loss, leastLoss) / Math.max(1, independent),
    loss: ({ worldFromVolume, nuisances }) =>
      views.reduce((sum, view, n) => sum + view.loss(worldFromVolume, nuisances[n]) / views.length, 0),
    equations: ({ worldFromVolume, nuisances }) =>
      addEquations(
        views.map((view, n) => ({
          weight: 1 / views.length,
          equations: placeEquations(view.equations(worldFromVolume, nuisances[n]), positions(n), count),
        })),
      ),
    prior: ({ nuisances }, weight) => {
      const gradient = new Float64Array(count)
      const hessian = new Float64Array(count * count)
      let loss = 0
      for (const [view, nuisance] of nuisances.entries()) {
        for (const [n, spread] of spreads.entries()) {
          const at = poseParameters + view * perView + n
          loss += weight * (nuisance[n] / spread) ** 2
          gradient[at] = (2 * weight * nuisance[n]) / spread ** 2
          hessian[at * count + at] = (2 * weight) / spread ** 2
        }
      }
      return { loss, gradient, hessian }
    },
    moved: ({ worldFromVolume, nuisances }, step) => ({
      worldFromVolume: movePose(problem, worldFromVolume, step.slice(0, poseParameters)),
      nuisances: nuisances.map((nuisance, view) => {
        const next = nuisance.map((value, n) => value + step[poseParameters + view * perView + n])
        if (choices.intensity) next.set(risingDepartures(next.slice(curveAt)), curveAt)
        return next
      }),
    }),
  }
}

async function minimiseJointly(
  problem: JointProblem,
  start: Matrix4,
  listener: EvaluationListener,
): Promise<{ state: State; equations: ParameterEquations }> {
  let state: State = {
    worldFromVolume: start,
    nuisances: Array.from({ length: problem.viewCount }, () => new Float64Array(problem.perView)),
  }
  let compared = problem.equations(state)
  const priorWeight = problem.lossPerPixel(compared)
  const withPrior = (at: State, equations: ParameterEquations) =>
    addEquations([
      { weight: 1, equations },
      { weight: 1, equations: problem.prior(at, priorWeight) },
    ])
  let total = withPrior(state, compared)
  let [damping, rejections] = [0.01, 0]
  for (let round = 1; round < maxRounds; round++) {
    const step = dampedStep(total, damping)
    if (step === null) break
    const moveMm = shorten(step, problem)
    const trial = problem.moved(state, step)
    const loss = problem.loss(trial)
    const totalLoss = loss + problem.prior(trial, priorWeight).loss
    const accepted = totalLoss < total.loss
    await listener({ stage: 'joint', worldFromVolume: trial.worldFromVolume, loss, accepted })
    if (!accepted) {
      damping = Math.max(damping * 6, 1e-3)
      rejections++
      if (rejections >= maxRejections) break
      continue
    }
    const gain = (total.loss - totalLoss) / total.loss
    state = trial
    compared = problem.equations(state)
    total = withPrior(state, compared)
    damping = Math.max(1e-5, damping * 0.2)
    rejections = 0
    if (gain < gainTolerance || moveMm < problem.moveToleranceMm) break
  }
  return { state, equations: { ...total, loss: compared.loss } }
}

function dampedStep({ gradient, hessian }: ParameterEquations, damping: number): number[] | null {
  const rows = matrixRows(hessian, gradient.length)
  for (const [n, row] of rows.entries()) row[n] = row[n] * (1 + damping) + 1e-12
  const step = solvePositiveDefinite(
    rows,
    Array.from(gradient, (value) => -value),
  )
  return step?.every(Number.isFinite) === true ? step : null
}

const matrixRows = (values: Float64Array, size: number): number[][] =>
  Array.from({ length: size }, (_, r) => Array.from(values.subarray(r * size, (r + 1) * size)))

/** Shortens a step to its bounds; returns the movement of points that it means, mm (1 rad ~ 100 mm). */
function shorten(step: number[], { perView }: JointProblem): number {
  const rotation = Math.hypot(step[0], step[1], step[2])
  const translation = Math.hypot(step[3], step[4], step[5])
  const others = step
    .slice(poseParameters)
    .map(
      (value, n) =>
        Math.abs(value) / (isDeparture(n % perView, perView) ? longest.departure : longest.intrinsics),
    )
  const excess = Math.max(1, rotation / longest.rotation, translation / longest.translation, ...others)
  for (let n = 0; n < step.length; n++) step[n] /= excess
  return (rotation * 100 + translation * 0.5) / excess
}

/** Whether a view's n-th nuisance belongs to its curve. */
const isDeparture = (n: number, perView: number): boolean =>
  n >= perView - interiorKnots && perView >= interiorKnots

/** Standard deviations from the equations with their prior: the covariance is 2 L / N times the inverse Hessian. */
function deviationsOf({ gradient, hessian }: ParameterEquations, lossPerPixel: number): Float64Array {
  const size = gradient.length
  const rows = matrixRows(hessian, size)
  return Float64Array.from({ length: size }, (_, n) => {
    const unit = Array.from({ length: size }, (_unused, m) => (m === n ? 1 : 0))
    const column = solvePositiveDefinite(rows, unit)
    return column === null ? Infinity : Math.sqrt(2 * lossPerPixel * Math.max(0, column[n]))
  })
}
