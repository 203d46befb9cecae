import type { Camera } from '../../native-workers/contract/files/camera.js'
import type { TrainingDetector } from '../../native-workers/contract/training/configuration.js'
import { sourceToDetectorMm } from '../geometry/camera.js'

/**
 * The square detector of `height` pixels that covers the field of an X-ray's longer side from the same distance; null
 * while its distances are unknown.
 */
export function detectorOfCamera(
  camera: Camera,
  height: number,
): Pick<TrainingDetector, 'sddMm' | 'delxMm'> | null {
  const sddMm = sourceToDetectorMm(camera)
  const { pixelSpacingMm: pitch, imageSize } = camera
  if (sddMm === null || pitch === undefined) return null
  const fieldMm = Math.max(imageSize.width * pitch[0], imageSize.height * pitch[1])
  const rounded = (value: number, digits: number): number => Number(value.toFixed(digits))
  return { sddMm: rounded(sddMm, 2), delxMm: rounded(fieldMm / height, 5) }
}
