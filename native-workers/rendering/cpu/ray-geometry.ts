import { type Camera } from '../../contract/files/camera.js'
import { type Matrix3, type Matrix4, type Vector3 } from '../../contract/matrix.js'
import { intrinsicNumbers, sourceToDetectorMm } from '../../geometry/camera.js'
import {
  identity3,
  invertRigid,
  linearPart,
  multiply3,
  multiplyVector3,
  subtract,
  transformPoint,
  translationPart,
  transpose3,
} from '../../geometry/matrix.js'
import { type Job, type RayField } from './job-layout.js'
import { type VolumeLevel } from './volume-level.js'

/** Centre and axes (columns, unit) of a rigid twist of the camera, both in the volume's LPS frame. */
export interface TwistFrame {
  readonly centre: Vector3
  readonly axes: Matrix3
}

export const volumeTwistFrame: TwistFrame = { centre: [0, 0, 0], axes: identity3 }

type GeometryFields = Pick<Job, 'source' | 'rays' | 'basisRays' | 'basisGradient' | 'lever'>

/**
 * The rays of a camera through a level, from the source (alpha 0) to the detector (alpha 1); where the detector's
 * distance is unknown, to a plane behind the volume. Also maps gradients into the twist's axes (spec §1.10).
 */
export function rayGeometry(
  camera: Camera,
  cameraFromVolume: Matrix4,
  level: VolumeLevel,
  twist: TwistFrame = volumeTwistFrame,
): GeometryFields {
  const volumeFromCamera = invertRigid(cameraFromVolume)
  const source = translationPart(volumeFromCamera)
  const depthMm = sourceToDetectorMm(camera) ?? planeBehind(source, level)
  const { fx, fy, cx, cy } = intrinsicNumbers(camera)
  const field: RayField = {
    first: [(-cx / fx) * depthMm, (-cy / fy) * depthMm, depthMm],
    perColumn: [depthMm / fx, 0, 0],
    perRow: [0, depthMm / fy, 0],
  }
  const basisFromVolume = transpose3(twist.axes)
  const basisFromCamera = multiply3(basisFromVolume, linearPart(volumeFromCamera))
  const indexFromCamera = multiply3(linearPart(level.indexFromLps), linearPart(volumeFromCamera))
  return {
    source: transformPoint(level.indexFromLps, source),
    rays: mapField(indexFromCamera, field),
    basisRays: mapField(basisFromCamera, field),
    basisGradient: multiply3(basisFromVolume, transpose3(linearPart(level.indexFromLps))),
    lever: multiplyVector3(basisFromVolume, subtract(source, twist.centre)),
  }
}

const mapField = (matrix: Matrix3, field: RayField): RayField => ({
  first: multiplyVector3(matrix, field.first),
  perColumn: multiplyVector3(matrix, field.perColumn),
  perRow: multiplyVector3(matrix, field.perRow),
})

/** A distance from the source beyond every voxel. */
function planeBehind(source: Vector3, level: VolumeLevel): number {
  const inIndex = transformPoint(level.indexFromLps, source)
  const farthest = level.size.map((count, axis) =>
    Math.max(Math.abs(inIndex[axis]), Math.abs(count - inIndex[axis])),
  )
  const reach = Math.hypot(...farthest.map((voxels, axis) => voxels * level.spacingMm[axis]))
  return 2 * reach
}
