import { type RegisterInput } from '../contract/operations/register.js'
import { type StartingPose } from './initial-pose.js'
import { networkStarts, type NetworkStart } from './network-start/network-starts.js'
import { warpedStart } from './warped-start.js'
import { loadInputs, type LoadedInputs, type LoadedView, mirroredView } from './load-inputs.js'

export interface LoadedViews {
  readonly loaded: LoadedInputs
  readonly start: StartingPose
  /** What the networks propose, where they give the start; `start` is the first of them. */
  readonly networkStarts: readonly NetworkStart[]
  /** The X-rays as they are compared: with their columns reversed where the start is meant so. */
  readonly views: readonly LoadedView[]
}

/**
 * Inputs and starting pose of a registration, together.
 * @param known the start of a registration that was done before
 * Errors: those of `loadInputs`, `warpedStart` and `networkStarts`.
 */
export async function loadViews(
  input: RegisterInput,
  signal: AbortSignal,
  known?: StartingPose,
): Promise<LoadedViews> {
  const loaded = await loadInputs(input, signal)
  const { initial } = input
  const proposed =
    initial.kind === 'model' && known === undefined ? await fromNetworks(input, initial, loaded) : []
  const start = known ?? proposed.at(0) ?? (await givenStart(input, loaded))
  const views = start.mirroredColumns
    ? loaded.views.map((view) => mirroredView(view, start.notes.join(' ')))
    : loaded.views
  return { loaded, start, networkStarts: proposed, views }
}

function fromNetworks(
  { warp, threads }: RegisterInput,
  initial: Extract<RegisterInput['initial'], { kind: 'model' }>,
  { views, rendered }: LoadedInputs,
): Promise<NetworkStart[]> {
  return networkStarts(initial, warp, { view: views[0], isocentreMm: rendered.isocentreMm, threads })
}

async function givenStart({ initial, warp }: RegisterInput, loaded: LoadedInputs): Promise<StartingPose> {
  if (initial.kind === 'model') throw new Error('A network gives its start itself.')
  return warpedStart(
    { initial, warp },
    {
      cameras: loaded.views.map(({ camera }) => camera),
      cropOffsets: loaded.views.map(({ cropOffset }) => cropOffset),
      firstTags: loaded.firstTags,
      isocentreMm: loaded.rendered.isocentreMm,
    },
  )
}
