import type { Camera } from '../../../native-workers/contract/files/camera.js'
import { sourceToDetectorMm } from '../../geometry/camera.js'

/** Where a detector of unknown distance is drawn, in depths of the isocentre. */
const assumedDepthFactor = 1.4

/** How far from the source a camera's detector is drawn; assumed from the isocentre's depth where it is unknown. */
export function detectorDepthMm(camera: Camera, isocentreDepthMm: number): number {
  return sourceToDetectorMm(camera) ?? assumedDepthFactor * isocentreDepthMm
}
