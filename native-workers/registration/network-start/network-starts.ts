import { availableParallelism } from 'node:os'
import { UserError } from '../../contract/errors.js'
import { type Vector3 } from '../../contract/matrix.js'
import { type InitialPose } from '../../contract/operations/register.js'
import { type WarpSource } from '../../contract/operations/warp.js'
import { poseThroughWarp } from '../../geometry/warp/pose-through-warp.js'
import { warpWarnings } from '../../geometry/warp/rigid-warp.js'
import { loadWarp } from '../../imaging/transform-file/load-warp.js'
import { openNetwork, type TrainedNetwork } from '../../training/checkpoints/open-network.js'
import { proposePose } from '../../training/inference/pose-proposal.js'
import { fromSided, type StartingPose } from '../initial-pose.js'
import { type RegistrationView } from '../registration-scene.js'

/** What one network proposes. */
export interface NetworkStart extends StartingPose {
  readonly network: string
  /** The file that the network was read from. */
  readonly networkPath: string
}

export interface NetworkStartContext {
  /** The first X-ray as it is compared. */
  readonly view: RegistrationView
  /** Of the volume that is registered; LPS mm. */
  readonly isocentreMm: Vector3
  readonly threads?: number
}

/** Below this the network sees too little of what it was trained on to be trusted without a word. */
const amplePart = 0.6

/**
 * One starting pose per network, in the order of the checkpoints, brought from the template to this volume where a warp
 * is given. Errors: those of `openNetwork`, `proposePose` and `loadWarp`; `input-invalid` (networks of both picture
 * sides, a checkpoint given twice).
 */
export async function networkStarts(
  { checkpoints }: Extract<InitialPose, { kind: 'model' }>,
  warp: WarpSource | undefined,
  context: NetworkStartContext,
): Promise<NetworkStart[]> {
  const starts: NetworkStart[] = []
  for (const path of checkpoints) starts.push(await networkStart(await openNetwork(path), warp, context))
  if (new Set(starts.map(({ mirroredColumns }) => mirroredColumns)).size > 1) {
    throw new UserError(
      'input-invalid',
      'Some of the networks take the X-ray with its columns reversed, the others as it is.',
      'Give networks of one orientation at a time.',
    )
  }
  return starts
}

async function networkStart(
  network: TrainedNetwork,
  warp: WarpSource | undefined,
  { view, isocentreMm, threads = availableParallelism() }: NetworkStartContext,
): Promise<NetworkStart> {
  const rigid = warp === undefined ? undefined : await loadWarp(warp, isocentreMm)
  const centreMm = warp === undefined ? isocentreMm : templateCentre(network, warp)
  const { pose, coverage } = await proposePose(network, view.picture, view.camera, centreMm, threads)
  const start = fromSided(pose, view.camera)
  const notes = [...start.notes, ...network.notes]
  if (coverage < amplePart) {
    notes.push(
      `The X-ray fills ${Math.round(100 * coverage)} % of the detector that the network "${network.name}" was trained for.`,
    )
  }
  return {
    ...start,
    worldFromVolume:
      rigid === undefined ? start.worldFromVolume : poseThroughWarp(start.worldFromVolume, rigid),
    notes: rigid === undefined ? notes : [...notes, ...warpWarnings(rigid)],
    network: network.name,
    networkPath: network.path,
  }
}

/** As given; else a network of one subject tells where that one's middle lies. */
function templateCentre({ subjects }: TrainedNetwork, { templateCentreMm }: WarpSource): Vector3 {
  const isGiven = templateCentreMm.some((mm) => mm !== 0)
  const [only, ...others] = subjects
  return !isGiven && only !== undefined && others.length === 0 ? only.isocentreMm : templateCentreMm
}
