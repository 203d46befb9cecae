import { type Matrix4 } from '../../contract/matrix.js'
import {
  defaultOptions,
  type LevenbergMarquardtOptions,
  minimise,
  type Minimum,
} from '../levenberg-marquardt.js'
import { type Stage } from '../level-schedule.js'
import { averageEquations, penalisedLoss } from '../normal-equations.js'
import { type EvaluationListener, type RegistrationScene } from '../registration-scene.js'
import { stageView } from '../stage-view.js'
import { BatchComparer } from './batch-comparer.js'
import { type Candidate } from './candidate.js'
import { distinctBest } from './candidate-poses.js'

/** Poses minimised side by side in one batch. */
const batchCapacity = 64

/** The coarse stages of a search: a few renders from every start, then more from the best. */
const scout: Stage = {
  name: 'search',
  edgePixels: 32,
  channels: 'ncc',
  maxRenders: 5,
  voxelsPerPixel: 1.25,
  moveTolerancePixels: 0.05,
  gainTolerance: 1e-3,
}
const follow: Stage = {
  ...scout,
  name: 'search 32',
  maxRenders: 20,
  voxelsPerPixel: 0.65,
  moveTolerancePixels: 0.02,
}

/**
 * Minimises global NCC at 32 pixels from every start, then from the ten best distinct ones on finer voxels
 * (registration recipe §3 B). Returns the distinct candidates, best first.
 */
export async function searchPoses(
  scene: RegistrationScene,
  starts: readonly Matrix4[],
  keep: number,
  listener: EvaluationListener,
): Promise<Candidate[]> {
  const scouted = await minimiseAll(scene, scout, starts, listener)
  const best = distinctBest(scene.problem, scouted, keep)
  const followed = await minimiseAll(
    scene,
    follow,
    best.map(({ worldFromVolume }) => worldFromVolume),
    listener,
  )
  return distinctBest(scene.problem, followed, keep)
}

async function minimiseAll(
  scene: RegistrationScene,
  stage: Stage,
  starts: readonly Matrix4[],
  listener: EvaluationListener,
): Promise<Candidate[]> {
  const { arena } = scene.renderer.threads
  const mark = arena.mark()
  try {
    // The whole picture: a start may be far from where the object's shadow is.
    const views = scene.views.map((view) => stageView({ ...scene, content: null }, view, stage, starts[0]))
    const comparers = views.map((view) => new BatchComparer(scene, view, batchCapacity))
    const options: LevenbergMarquardtOptions = {
      ...defaultOptions,
      maxRenders: stage.maxRenders,
      moveToleranceMm: stage.moveTolerancePixels * views[0].pixelMm,
      gainTolerance: stage.gainTolerance,
    }
    const results: Candidate[] = []
    for (let first = 0; first < starts.length; first += batchCapacity) {
      const minima = minimiseBatch(scene, comparers, starts.slice(first, first + batchCapacity), options)
      for (const { worldFromVolume, equations } of minima) {
        results.push({ worldFromVolume, loss: penalisedLoss(equations) })
      }
      const best = results.reduce((a, b) => (b.loss < a.loss ? b : a))
      await listener({ stage: stage.name, ...best, accepted: true })
    }
    return results
  } finally {
    arena.release(mark)
  }
}

/** Runs one minimisation per start in step: each round answers one pose of every unfinished one. */
function minimiseBatch(
  scene: RegistrationScene,
  comparers: readonly BatchComparer[],
  starts: readonly Matrix4[],
  options: LevenbergMarquardtOptions,
): Minimum[] {
  const minima: Minimum[] = []
  let running = starts.map((start) => {
    const steps = minimise(scene.problem, start, options)
    return { steps, next: steps.next() }
  })
  while (running.length > 0) {
    const poses = running.flatMap(({ next }) => (next.done === true ? [] : [next.value]))
    const perView = comparers.map((comparer) => comparer.evaluate(poses))
    running = running.map(({ steps }, index) => ({
      steps,
      next: steps.next(averageEquations(perView.map((view) => view[index]))),
    }))
    running = running.filter(({ next }) => {
      if (next.done === true) minima.push(next.value)
      return next.done !== true
    })
  }
  return minima
}
