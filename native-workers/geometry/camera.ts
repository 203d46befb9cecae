import { type Camera } from '../contract/files/camera.js'
import { type Matrix3, type Matrix4, type Vector2, type Vector3 } from '../contract/matrix.js'
import {
  identity4,
  invertRigid,
  normalized,
  transformDirection,
  transformPoint,
  translationPart,
} from './matrix.js'

/*
 * All functions take a camera that `assertCamera` accepts. Pixels are [u, v]: u along columns, v down the rows,
 * (0, 0) the centre of the top-left pixel. World positions are LPS millimetres.
 */

/** Focal lengths and principal point in pixels. */
export function intrinsicNumbers({ intrinsics }: Camera): { fx: number; fy: number; cx: number; cy: number } {
  return { fx: intrinsics[0][0], fy: intrinsics[1][1], cx: intrinsics[0][2], cy: intrinsics[1][2] }
}

export function intrinsicMatrix(fx: number, fy: number, principalPoint: Vector2): Matrix3 {
  return [
    [fx, 0, principalPoint[0]],
    [0, fy, principalPoint[1]],
    [0, 0, 1],
  ]
}

/** The pixel at the middle of the image. */
export const imageCentre = ({ width, height }: Camera['imageSize']): Vector2 => [
  (width - 1) / 2,
  (height - 1) / 2,
]

export const worldFromCamera = (camera: Camera): Matrix4 => invertRigid(camera.cameraFromWorld)

/** Where the X-rays come from, world mm. */
export const sourceInWorld = (camera: Camera): Vector3 => translationPart(worldFromCamera(camera))

/** The unit direction of the ray through the principal point, world. */
export const viewDirectionInWorld = (camera: Camera): Vector3 =>
  transformDirection(worldFromCamera(camera), [0, 0, 1])

/** Pixel of a world point; `depthMm` is its distance from the source along the view, <= 0 behind the source. */
export function projectPoint(camera: Camera, point: Vector3): { pixel: Vector2; depthMm: number } {
  return projectCameraPoint(camera, transformPoint(camera.cameraFromWorld, point))
}

/** As `projectPoint`, for a point in camera axes. */
export function projectCameraPoint(camera: Camera, [x, y, z]: Vector3): { pixel: Vector2; depthMm: number } {
  const { fx, fy, cx, cy } = intrinsicNumbers(camera)
  return { pixel: [(fx * x) / z + cx, (fy * y) / z + cy], depthMm: z }
}

/** The ray of a pixel in camera axes, scaled to advance 1 mm along the view: [x, y, 1]. */
export function rayInCamera(camera: Camera, [u, v]: Vector2): Vector3 {
  const { fx, fy, cx, cy } = intrinsicNumbers(camera)
  return [(u - cx) / fx, (v - cy) / fy, 1]
}

/** The ray of a pixel in the world: from the source (mm) along a unit direction. */
export function rayInWorld(camera: Camera, pixel: Vector2): { source: Vector3; direction: Vector3 } {
  const toWorld = worldFromCamera(camera)
  const direction = normalized(transformDirection(toWorld, rayInCamera(camera, pixel)))
  return { source: translationPart(toWorld), direction }
}

/** fx times the column pitch (mm); null where the pitch is unknown. Distance unit of the detector's plane. */
export function sourceToDetectorMm(camera: Camera): number | null {
  return camera.pixelSpacingMm === undefined ? null : camera.intrinsics[0][0] * camera.pixelSpacingMm[0]
}

/** World position of a pixel's place at `depthMm` from the source along the view (e.g. `sourceToDetectorMm`). */
export function pixelInWorld(camera: Camera, pixel: Vector2, depthMm: number): Vector3 {
  const [x, y, z] = rayInCamera(camera, pixel)
  return transformPoint(worldFromCamera(camera), [x * depthMm, y * depthMm, z * depthMm])
}

/** The camera of the image part that starts `left` and `top` pixels in; may also pad (negative, or larger). */
export function cropCamera(camera: Camera, left: number, top: number, width: number, height: number): Camera {
  const { fx, fy, cx, cy } = intrinsicNumbers(camera)
  return {
    ...camera,
    imageSize: { width, height },
    intrinsics: intrinsicMatrix(fx, fy, [cx - left, cy - top]),
  }
}

/**
 * The camera of the same field resampled to another number of pixels, exactly: with s = to / from per axis a
 * position u becomes (u + 0.5) s - 0.5, because pixel centres lie at integers and edges at halves.
 */
export function scaleCamera(camera: Camera, width: number, height: number): Camera {
  const { fx, fy, cx, cy } = intrinsicNumbers(camera)
  const sx = width / camera.imageSize.width
  const sy = height / camera.imageSize.height
  const pitch = camera.pixelSpacingMm
  return {
    ...camera,
    imageSize: { width, height },
    intrinsics: intrinsicMatrix(fx * sx, fy * sy, [(cx + 0.5) * sx - 0.5, (cy + 0.5) * sy - 0.5]),
    ...(pitch === undefined ? {} : { pixelSpacingMm: [pitch[0] / sx, pitch[1] / sy] as const }),
  }
}

/** The intrinsics of the image read right to left: u becomes width - 1 - u. The camera itself stays proper. */
export function mirrorColumns(camera: Camera): Camera {
  const { fx, fy, cx, cy } = intrinsicNumbers(camera)
  return { ...camera, intrinsics: intrinsicMatrix(fx, fy, [camera.imageSize.width - 1 - cx, cy]) }
}

export interface CameraNumbers {
  readonly imageSize: Camera['imageSize']
  readonly sddMm: number
  /** [column, row] pitch of the detector. */
  readonly pixelSpacingMm: Vector2
  /** The image's centre when absent. */
  readonly principalPoint?: Vector2
}

/** A camera at the world's origin looking along +z, from the distances of its tags or of the command line. */
export function cameraFromNumbers({
  imageSize,
  sddMm,
  pixelSpacingMm,
  principalPoint,
}: CameraNumbers): Camera {
  return {
    schema: 'isocenter/camera@1',
    frame: 'LPS',
    imageSize,
    intrinsics: intrinsicMatrix(
      sddMm / pixelSpacingMm[0],
      sddMm / pixelSpacingMm[1],
      principalPoint ?? imageCentre(imageSize),
    ),
    pixelSpacingMm,
    cameraFromWorld: identity4,
  }
}
