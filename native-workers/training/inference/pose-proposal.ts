import { UserError } from '../../contract/errors.js'
import { type Camera } from '../../contract/files/camera.js'
import { type Vector3 } from '../../contract/matrix.js'
import { type SidedPose } from '../../geometry/adapters/image-side.js'
import { type GreyPicture } from '../../imaging/picture/area-resample.js'
import { writeNetworkInput } from '../augmentation/network-input.js'
import { type TrainedNetwork } from '../checkpoints/open-network.js'
import { floatTensor, openSession } from '../runtime/onnx-runtime.js'
import { networkFrame } from '../sampling/network-frame.js'
import { extrinsicFromOutputs, poseFromExtrinsic } from '../sampling/pose-from-outputs.js'
import { networkView } from './network-view.js'

export interface PoseProposal {
  readonly pose: SidedPose
  /** Share of the network's detector that the X-ray fills. */
  readonly coverage: number
}

/**
 * The pose that a network sees in an X-ray (attenuation bright) of a known camera (specification §4.3, model).
 * @param isocentreMm of the volume that the poses belong to; LPS mm
 * Errors: those of `openSession`, `values-invalid` (its numbers mean no pose).
 */
export async function proposePose(
  network: TrainedNetwork,
  picture: GreyPicture,
  camera: Camera,
  isocentreMm: Vector3,
  threads: number,
): Promise<PoseProposal> {
  const { detector, description, preprocessing } = network
  const { pixels, coverage } = networkView(picture, camera, detector)
  const input = new Float32Array(pixels.length)
  writeNetworkInput(pixels, input, preprocessing)
  const frame = networkFrame({ detector, network: description })
  const extrinsic = extrinsicFromOutputs(await outputsOf(network, input, threads), frame)
  if (extrinsic === null) {
    throw new UserError(
      'values-invalid',
      `The numbers that the network "${network.name}" gives mean no pose.`,
    )
  }
  return { pose: poseFromExtrinsic(extrinsic, frame, isocentreMm), coverage }
}

/** Rotation, then translation, as the network gives them. */
async function outputsOf(
  { model, detector: { height }, name }: TrainedNetwork,
  input: Float32Array,
  threads: number,
): Promise<number[]> {
  const session = await openSession(model, { provider: 'cpu', threads })
  try {
    const xray = await floatTensor(input, [1, 1, height, height])
    const { rotation, translation } = await session.run({ xray })
    return [rotation, translation].flatMap(({ data }) => {
      if (data instanceof Float32Array) return [...data]
      throw new UserError('format-unsupported', `The outputs of the network "${name}" are no 32-bit numbers.`)
    })
  } finally {
    await session.dispose()
  }
}
