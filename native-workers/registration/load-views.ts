import { type RegisterInput } from '../contract/operations/register.js'
import { type StartingPose } from './initial-pose.js'
import { warpedStart } from './warped-start.js'
import { loadInputs, type LoadedInputs, type LoadedView, mirroredView } from './load-inputs.js'

export interface LoadedViews {
  readonly loaded: LoadedInputs
  readonly start: StartingPose
  /** The X-rays as they are compared: with their columns reversed where the start is meant so. */
  readonly views: readonly LoadedView[]
}

/** Inputs and starting pose of a registration, together. Errors: those of `loadInputs` and `warpedStart`. */
export async function loadViews(input: RegisterInput, signal: AbortSignal): Promise<LoadedViews> {
  const loaded = await loadInputs(input, signal)
  const start = await warpedStart(input, {
    cameras: loaded.views.map(({ camera }) => camera),
    cropOffsets: loaded.views.map(({ cropOffset }) => cropOffset),
    firstTags: loaded.firstTags,
    isocentreMm: loaded.rendered.isocentreMm,
  })
  const views = start.mirroredColumns
    ? loaded.views.map((view) => mirroredView(view, start.notes.join(' ')))
    : loaded.views
  return { loaded, start, views }
}
