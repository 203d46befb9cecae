import { type Matrix4 } from '../contract/matrix.js'
import { type RegisterInput } from '../contract/operations/register.js'
import { adamSchedule, defaultScales } from './adam/adam-schedule.js'
import { refineByAdam } from './adam/refine-by-adam.js'
import { type Stage } from './level-schedule.js'
import { refineFromStart, runStages } from './optimise.js'
import { type EvaluationListener, type RegistrationScene } from './registration-scene.js'
import { scaledEdges } from './scaled-edges.js'
import { scaledBodySchedule, scaledIsolatedSchedule } from './scaled-schedule.js'
import { type Candidate } from './search/global-search.js'

/** Refines the initial pose by the optimiser and at the scales that were asked for, else through the usual stages. */
export async function refinePose(
  input: RegisterInput,
  scene: RegistrationScene,
  stages: readonly Stage[],
  initial: Matrix4,
  listener: EvaluationListener,
): Promise<Candidate> {
  const { metric, silhouetteMarginMm: marginMm, seed } = input
  const croppedRows = input.views[0].xray.preprocessing.crop
  const edges = (scales: readonly number[]) => scaledEdges(scene, initial, scales, croppedRows)
  if (input.optimizer === 'adam') {
    const margin = scene.isolated ? (marginMm ?? stages[stages.length - 1].silhouetteMarginMm) : undefined
    const schedule = adamSchedule(edges(input.scales ?? defaultScales), metric, margin)
    return refineByAdam(scene, schedule, initial, listener)
  }
  if (input.scales !== undefined) {
    const scaled = edges(input.scales)
    const schedule = scene.isolated
      ? scaledIsolatedSchedule(scaled, marginMm)
      : scaledBodySchedule(scaled, metric)
    return runStages(scene, schedule, initial, listener)
  }
  return input.initial.kind === 'search' && !scene.isolated
    ? runStages(scene, stages.slice(2), initial, listener)
    : refineFromStart(scene, stages, initial, seed, listener)
}
