import type { Camera } from '../../native-workers/contract/files/camera.js'
import type { Matrix4, Vector2, Vector3 } from '../../native-workers/contract/matrix.js'
import { inverseRigid, transformPoint } from './math.js'

/**
 * The same camera with its longer image side brought down to `longestSide` pixels (never up). Pixel
 * centres are integers, so the principal point moves by the half-pixel rule.
 */
export function reduceCamera(camera: Camera, longestSide: number): Camera {
  const { width, height } = camera.imageSize
  const factor = Math.min(1, longestSide / Math.max(width, height))
  const imageSize = {
    width: Math.max(1, Math.round(width * factor)),
    height: Math.max(1, Math.round(height * factor)),
  }
  const sx = imageSize.width / width
  const sy = imageSize.height / height
  const [[fx, skew, cx], [, fy, cy]] = camera.intrinsics
  const pitch = camera.pixelSpacingMm
  return {
    ...camera,
    imageSize,
    intrinsics: [
      [fx * sx, skew * sx, (cx + 0.5) * sx - 0.5],
      [0, fy * sy, (cy + 0.5) * sy - 0.5],
      [0, 0, 1],
    ],
    ...(pitch === undefined ? {} : { pixelSpacingMm: [pitch[0] / sx, pitch[1] / sy] }),
  }
}

/** Source to detector distance in mm, or null where the pixel pitch is unknown. */
export function sourceToDetectorMm(camera: Camera): number | null {
  return camera.pixelSpacingMm === undefined ? null : camera.intrinsics[0][0] * camera.pixelSpacingMm[0]
}

/** Pixel [u, v] of a point in camera axes; null at or behind the source. */
export function project(camera: Camera, pointCameraMm: Vector3): Vector2 | null {
  const [x, y, z] = pointCameraMm
  if (z <= 0) return null
  const [[fx, skew, cx], [, fy, cy]] = camera.intrinsics
  return [(fx * x + skew * y) / z + cx, (fy * y) / z + cy]
}

/** The point in camera axes at `depthMm` from the source on the ray of pixel [u, v]. */
export function backProject(camera: Camera, pixel: Vector2, depthMm: number): Vector3 {
  const [[fx, skew, cx], [, fy, cy]] = camera.intrinsics
  const y = (pixel[1] - cy) / fy
  const x = (pixel[0] - cx - skew * y) / fx
  return [x * depthMm, y * depthMm, depthMm]
}

/** Corners of the detector in world millimetres: top left, top right, bottom right, bottom left. */
export function detectorCornersMm(
  camera: Camera,
  depthMm: number,
): readonly [Vector3, Vector3, Vector3, Vector3] {
  const worldFromCamera: Matrix4 = inverseRigid(camera.cameraFromWorld)
  const corner = (u: number, v: number): Vector3 =>
    transformPoint(worldFromCamera, backProject(camera, [u, v], depthMm))
  const right = camera.imageSize.width - 0.5
  const bottom = camera.imageSize.height - 0.5
  return [corner(-0.5, -0.5), corner(right, -0.5), corner(right, bottom), corner(-0.5, bottom)]
}

export interface DetectorNumbers {
  readonly imageSize: Camera['imageSize']
  readonly sourceToDetectorMm: number
  readonly pixelSpacingMm: Vector2
  readonly principalPoint: Vector2
  readonly cameraFromWorld: Matrix4
}

/** A camera from the numbers that a person types; no skew. */
export function cameraFromNumbers(numbers: DetectorNumbers): Camera {
  const [du, dv] = numbers.pixelSpacingMm
  const [cu, cv] = numbers.principalPoint
  return {
    schema: 'isocenter/camera@1',
    frame: 'LPS',
    imageSize: numbers.imageSize,
    intrinsics: [
      [numbers.sourceToDetectorMm / du, 0, cu],
      [0, numbers.sourceToDetectorMm / dv, cv],
      [0, 0, 1],
    ],
    pixelSpacingMm: numbers.pixelSpacingMm,
    cameraFromWorld: numbers.cameraFromWorld,
  }
}
