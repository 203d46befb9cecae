import { UserError } from '../../contract/errors.js'
import { type Camera } from '../../contract/files/camera.js'
import { type Vector3 } from '../../contract/matrix.js'
import { isMirrored } from '../../geometry/adapters/diffdrr.js'
import { type SidedPose } from '../../geometry/adapters/image-side.js'
import { affine, multiply4, transpose3 } from '../../geometry/matrix.js'
import { type GreyPicture } from '../../imaging/picture/area-resample.js'
import { writeNetworkInput } from '../augmentation/network-input.js'
import { type TrainedNetwork } from '../checkpoints/open-network.js'
import { reversedRows } from '../rendering/picture-side.js'
import { floatTensor, openSession } from '../runtime/onnx-runtime.js'
import { detectorCamera, networkFrame } from '../sampling/network-frame.js'
import { extrinsicFromOutputs, poseFromExtrinsic } from '../sampling/pose-from-outputs.js'
import { meanPose } from './mean-pose.js'
import { networkView } from './network-view.js'
import { turnedViews } from './turned-views.js'

export interface PoseProposal {
  readonly pose: SidedPose
  /** Share of the network's detector that the X-ray fills. */
  readonly coverage: number
}

/**
 * The pose that a network sees in an X-ray (attenuation bright) of a known camera (specification §4.3, model): the mean
 * of what it answers to the X-ray and to the X-ray as cameras turned a little about the source would show it, each
 * answer turned back. That averages out errors which depend on where in its picture the network sees a thing.
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
  const { height } = detector
  const { pixels, coverage } = networkView(picture, camera, detector)
  const frame = networkFrame({ detector, network: description })
  const sided = isMirrored(frame.side)
  // A camera is turned in the picture that it sees itself, not in its mirror image.
  const own = (seen: Float32Array) => (sided ? reversedRows(seen, height, height) : seen)
  const views = turnedViews(own(pixels), detectorCamera(detector))
  const inputs = new Float32Array(views.length * pixels.length)
  for (const [n, view] of views.entries()) {
    const input = inputs.subarray(n * pixels.length, (n + 1) * pixels.length)
    writeNetworkInput(own(view.pixels), input, preprocessing)
  }
  const answers = await outputsOf(network, inputs, views.length, threads)
  const poses = views.flatMap(({ turnedFromCamera }, n) => {
    const extrinsic = extrinsicFromOutputs(answers[n], frame)
    if (extrinsic === null) return []
    const { cameraFromVolume } = poseFromExtrinsic(extrinsic, frame, isocentreMm)
    return [multiply4(affine(transpose3(turnedFromCamera), [0, 0, 0]), cameraFromVolume)]
  })
  if (poses.length === 0) {
    throw new UserError(
      'values-invalid',
      `The numbers that the network "${network.name}" gives mean no pose.`,
    )
  }
  return {
    pose: { cameraFromVolume: meanPose(poses, isocentreMm), mirroredColumns: sided },
    coverage,
  }
}

/** Per picture: rotation, then translation, as the network gives them. */
async function outputsOf(
  { model, detector: { height }, name }: TrainedNetwork,
  inputs: Float32Array,
  count: number,
  threads: number,
): Promise<number[][]> {
  const session = await openSession(model, { provider: 'cpu', threads })
  try {
    const xray = await floatTensor(inputs, [count, 1, height, height])
    const { rotation, translation } = await session.run({ xray })
    const rows = [rotation, translation].map(({ data }) => {
      if (data instanceof Float32Array) return data
      throw new UserError('format-unsupported', `The outputs of the network "${name}" are no 32-bit numbers.`)
    })
    return Array.from({ length: count }, (_, n) =>
      rows.flatMap((data) => {
        const width = data.length / count
        return [...data.subarray(n * width, (n + 1) * width)]
      }),
    )
  } finally {
    await session.dispose()
  }
}
