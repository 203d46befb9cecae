import { type Matrix4 } from '../contract/matrix.js'
import { type RegisterInput } from '../contract/operations/register.js'
import { adamSchedule, defaultScales } from './adam/adam-schedule.js'
import { refineByAdam } from './adam/refine-by-adam.js'
import { type Stage } from './level-schedule.js'
import { finishRefining, refineFromStart, type Refined } from './optimise.js'
import { type EvaluationListener, type RegistrationScene } from './registration-scene.js'
import { runStages } from './run-stages.js'
import { scaledEdges } from './scaled-edges.js'
import { scaledBodySchedule, scaledIsolatedSchedule } from './scaled-schedule.js'

/** Refines the initial pose by the optimiser and at the scales that were asked for, else through the usual stages. */
export async function refinePose(
  input: RegisterInput,
  scene: RegistrationScene,
  stages: readonly Stage[],
  initial: Matrix4,
  listener: EvaluationListener,
): Promise<Refined> {
  const { metric, silhouetteMarginMm: marginMm, seed } = input
  const croppedRows = input.views[0].xray.preprocessing.crop
  const edges = (scales: readonly number[]) => scaledEdges(scene, initial, scales, croppedRows)
  if (input.optimizer === 'adam') {
    const margin = scene.isolated ? (marginMm ?? stages[stages.length - 1].silhouetteMarginMm) : undefined
    const schedule = adamSchedule(edges(input.scales ?? defaultScales), metric, margin)
    return { scene, ...(await refineByAdam(scene, schedule, initial, listener)) }
  }
  if (input.scales !== undefined) {
    const scaled = edges(input.scales)
    const schedule = scene.isolated
      ? scaledIsolatedSchedule(scaled, marginMm)
      : scaledBodySchedule(scaled, metric)
    return { scene, ...(await runStages(scene, schedule, initial, listener)) }
  }
  const wasSearched = input.initial.kind === 'search' || input.initial.kind === 'model'
  return wasSearched && !scene.isolated
    ? finishRefining(scene, stages, { worldFromVolume: initial }, listener)
    : refineFromStart(scene, stages, initial, seed, listener)
}
