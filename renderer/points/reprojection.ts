import type { Camera } from '../../native-workers/contract/files/camera.js'
import type { Matrix4, Vector2, Vector3 } from '../../native-workers/contract/matrix.js'
import { project } from '../geometry/camera.js'
import { multiply4, transformPoint } from '../geometry/math.js'

/** How far a point of the CT falls from where it was picked in an X-ray. */
export interface ReprojectionError {
  /** Where it falls, in the pixels of the camera. */
  readonly pixel: Vector2
  readonly pixels: number
  /** On the detector; null where its pixel pitch is unknown. */
  readonly detectorMm: number | null
  /** Brought down to the depth of the point: across the ray, in the patient. */
  readonly patientMm: number
}

/** Null where the point lies behind the source. `pixel` is picked in the picture that `camera` describes. */
export function reprojectionError(
  camera: Camera,
  worldFromVolume: Matrix4,
  positionMm: Vector3,
  pixel: Vector2,
): ReprojectionError | null {
  const inCamera = transformPoint(multiply4(camera.cameraFromWorld, worldFromVolume), positionMm)
  const projected = project(camera, inCamera)
  if (projected === null) return null
  const [du, dv] = [projected[0] - pixel[0], projected[1] - pixel[1]]
  const pitch = camera.pixelSpacingMm
  const [[fx], [, fy]] = camera.intrinsics
  return {
    pixel: projected,
    pixels: Math.hypot(du, dv),
    detectorMm: pitch === undefined ? null : Math.hypot(du * pitch[0], dv * pitch[1]),
    patientMm: inCamera[2] * Math.hypot(du / fx, dv / fy),
  }
}

export interface ErrorSize {
  readonly pixels: number
  readonly detectorMm: number | null
  readonly patientMm: number
}

/** Root mean square of several errors; null of none, and on the detector where one of them is unknown. */
export function rootMeanSquare(errors: readonly ErrorSize[]): ErrorSize | null {
  if (errors.length === 0) return null
  const rms = (values: readonly number[]): number =>
    Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length)
  const onDetector = errors.map(({ detectorMm }) => detectorMm).filter((value) => value !== null)
  return {
    pixels: rms(errors.map(({ pixels }) => pixels)),
    detectorMm: onDetector.length === errors.length ? rms(onDetector) : null,
    patientMm: rms(errors.map(({ patientMm }) => patientMm)),
  }
}
