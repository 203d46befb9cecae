import type { Camera } from '../../native-workers/contract/files/camera.js'
import type { Vector2 } from '../../native-workers/contract/matrix.js'
import { sourceToDetectorMm } from './camera.js'

/** The camera with another principal point, in pixels [u, v]. */
export function withPrincipalPoint(camera: Camera, [cu, cv]: Vector2): Camera {
  const [[fx, skew], [, fy]] = camera.intrinsics
  return { ...camera, intrinsics: [[fx, skew, cu], [0, fy, cv], [0, 0, 1]] } // prettier-ignore
}

/** The camera with another focal length in pixels [fx, fy]; the pixel pitch stays, so its distance changes. */
export function withFocalLength(camera: Camera, [fx, fy]: Vector2): Camera {
  const [[, skew, cx], [, , cy]] = camera.intrinsics
  return { ...camera, intrinsics: [[fx, skew, cx], [0, fy, cy], [0, 0, 1]] } // prettier-ignore
}

/** The camera with another source to detector distance; unchanged where the pixel pitch is unknown. */
export function withSourceToDetector(camera: Camera, sddMm: number): Camera {
  const pitch = camera.pixelSpacingMm
  return pitch === undefined ? camera : withFocalLength(camera, [sddMm / pitch[0], sddMm / pitch[1]])
}

/** The camera with another pixel pitch [column, row] at the same source to detector distance. */
export function withPixelSpacing(camera: Camera, pixelSpacingMm: Vector2): Camera {
  const sddMm = sourceToDetectorMm(camera)
  const next = { ...camera, pixelSpacingMm }
  return sddMm === null ? next : withSourceToDetector(next, sddMm)
}

/** The camera of the uncropped image, from the camera of one that lost `cropPixels` per dimension. */
export function uncropped(camera: Camera, cropPixels: number): Camera {
  const half = Math.floor(cropPixels / 2)
  const [[, , cx], [, , cy]] = camera.intrinsics
  const { width, height } = camera.imageSize
  return {
    ...withPrincipalPoint(camera, [cx + half, cy + half]),
    imageSize: { width: width + cropPixels, height: height + cropPixels },
  }
}
