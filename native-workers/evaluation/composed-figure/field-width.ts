import { type Camera } from '../../contract/files/camera.js'
import { type Matrix4, type Vector3 } from '../../contract/matrix.js'
import { intrinsicNumbers } from '../../geometry/camera.js'
import { multiply4, transformPoint } from '../../geometry/matrix.js'

/**
 * How many millimetres of the patient a picture's width spans at the depth of the isocentre; null where that lies behind
 * the source. A projection magnifies what lies nearer to the source more, so a length in it holds at one depth alone.
 */
export function fieldWidthAtIsocentreMm(
  camera: Camera,
  worldFromVolume: Matrix4,
  isocentreMm: Vector3,
): number | null {
  const depthMm = transformPoint(multiply4(camera.cameraFromWorld, worldFromVolume), isocentreMm)[2]
  return depthMm > 0 ? (camera.imageSize.width * depthMm) / intrinsicNumbers(camera).fx : null
}
