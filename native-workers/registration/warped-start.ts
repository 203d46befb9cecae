import { UserError } from '../contract/errors.js'
import { type GivenStart, type RegisterInput } from '../contract/operations/register.js'
import { poseThroughWarp } from '../geometry/warp/pose-through-warp.js'
import { warpWarnings } from '../geometry/warp/rigid-warp.js'
import { loadWarp } from '../imaging/transform-file/load-warp.js'
import { type InitialPoseContext, startingPose, type StartingPose } from './initial-pose.js'

/**
 * The starting pose, brought from the template it was found on to this volume where a warp is given. Errors: those of
 * `startingPose` and of `loadWarp`; `input-invalid` (a warp without a given pose).
 */
export async function warpedStart(
  { initial, warp }: Pick<RegisterInput, 'warp'> & { readonly initial: GivenStart },
  context: InitialPoseContext,
): Promise<StartingPose> {
  if (warp === undefined) return startingPose(initial, context)
  const isGiven =
    initial.kind === 'pose' ||
    initial.kind === 'fixed' ||
    (initial.kind === 'search' && (initial.nominal !== undefined || initial.worldFromVolume !== undefined))
  if (!isGiven) {
    throw new UserError(
      'input-invalid',
      'A transform between volumes is given, but no pose that was found on the template.',
      'Give the pose, or leave out the transform.',
    )
  }
  const rigid = await loadWarp(warp, context.isocentreMm)
  const start = await startingPose(initial, { ...context, isocentreMm: warp.templateCentreMm })
  return {
    ...start,
    worldFromVolume: poseThroughWarp(start.worldFromVolume, rigid),
    notes: [...start.notes, ...warpWarnings(rigid)],
  }
}
