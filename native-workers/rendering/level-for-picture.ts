import { type Camera } from '../contract/files/camera.js'
import { type Matrix4 } from '../contract/matrix.js'
import { intrinsicNumbers } from '../geometry/camera.js'
import { transformPoint } from '../geometry/matrix.js'
import { type VolumeRenderer } from './volume-renderers.js'

/** The coarsest level of a volume whose voxels still show as much as the camera's pixels do at the isocentre. */
export function levelForPicture(
  { levelSpacingsMm, isocentreMm }: Pick<VolumeRenderer, 'levelSpacingsMm' | 'isocentreMm'>,
  camera: Camera,
  cameraFromVolume: Matrix4,
): number {
  const { fx, fy } = intrinsicNumbers(camera)
  const pixelMm = Math.abs(transformPoint(cameraFromVolume, isocentreMm)[2]) / Math.max(fx, fy)
  let level = 0
  for (const [index, spacingMm] of levelSpacingsMm.entries()) if (spacingMm <= 1.5 * pixelMm) level = index
  return level
}
