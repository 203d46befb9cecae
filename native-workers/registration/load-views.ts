import { type RegisterInput } from '../contract/operations/register.js'
import { startingPose, type StartingPose } from './initial-pose.js'
import { loadInputs, type LoadedInputs, type LoadedView, mirroredView } from './load-inputs.js'

export interface LoadedViews {
  readonly loaded: LoadedInputs
  readonly start: StartingPose
  /** The X-rays as they are compared: with their columns reversed where the start is meant so. */
  readonly views: readonly LoadedView[]
}

/** Inputs and starting pose of a registration, together. Errors: those of `loadInputs` and `startingPose`. */
export async function loadViews(input: RegisterInput, signal: AbortSignal): Promise<LoadedViews> {
  const loaded = await loadInputs(input, signal)
  const start = await startingPose(input.initial, {
    cameras: loaded.views.map(({ camera }) => camera),
    firstTags: loaded.firstTags,
    isocentreMm: loaded.rendered.isocentreMm,
  })
  const views = start.mirroredColumns
    ? loaded.views.map((view) => mirroredView(view, start.notes.join(' ')))
    : loaded.views
  return { loaded, start, views }
}
