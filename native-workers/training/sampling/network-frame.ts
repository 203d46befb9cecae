import { type TrainingConfiguration, type TrainingDetector } from '../../contract/training/configuration.js'
import { type NetworkDescription } from '../../contract/training/network.js'
import { type Camera } from '../../contract/files/camera.js'
import { cameraFromDiffdrr, type DiffdrrPose } from '../../geometry/adapters/diffdrr.js'
import { rotationNumbers } from '../networks/rotation-numbers.js'

/** What a network's numbers mean: DiffDRR's pose (RAS, about the isocentre), its form and its unit. */
export interface NetworkFrame {
  readonly side: Pick<DiffdrrPose, 'orientation' | 'reverseXAxis'>
  readonly network: Pick<NetworkDescription, 'parameterization' | 'convention' | 'unitConversionFactor'>
}

/** The frame of a training's detector and network. */
export const networkFrame = ({
  detector: { orientation, reverseXAxis },
  network,
}: Pick<TrainingConfiguration, 'detector' | 'network'>): NetworkFrame => ({
  side: { orientation, reverseXAxis },
  network,
})

/** Numbers that a network gives per X-ray: its rotation's, then 3 of the translation. */
export const outputCount = ({ network }: NetworkFrame): number =>
  rotationNumbers[network.parameterization] + 3

/**
 * The camera of a training's detector at the world's origin; where the combination of orientation and reversal mirrors,
 * that of the mirrored picture, which belongs to `SidedPose.cameraFromVolume`.
 */
export function detectorCamera({
  sddMm,
  height,
  delxMm,
  orientation,
  reverseXAxis,
}: TrainingDetector): Camera {
  const detector = { sddMm, height, width: height, delxMm, delyMm: delxMm, x0Mm: 0, y0Mm: 0 }
  return cameraFromDiffdrr(detector, { orientation, reverseXAxis })
}
