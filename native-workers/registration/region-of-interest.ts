import { type Camera } from '../contract/files/camera.js'
import { type Matrix4 } from '../contract/matrix.js'
import { cropCamera, projectCameraPoint } from '../geometry/camera.js'
import { transformPoint } from '../geometry/matrix.js'
import { cropPicture } from '../imaging/picture/area-resample.js'
import { cameraFromVolume } from './pose-problem.js'
import { type Box } from '../rendering/content-box.js'
import { type RegistrationView } from './registration-scene.js'

export interface PixelRectangle {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/** The part of the picture that the box's shadow covers, with a margin; the whole picture when the box is not in front. */
export function shadowRectangle(
  camera: Camera,
  worldFromVolume: Matrix4,
  box: Box,
  marginPixels: number,
): PixelRectangle {
  const { width, height } = camera.imageSize
  const whole = { left: 0, top: 0, width, height }
  const toCamera = cameraFromVolume(camera, worldFromVolume)
  const projected = box.corners.map((corner) => projectCameraPoint(camera, transformPoint(toCamera, corner)))
  if (projected.some(({ depthMm }) => !(depthMm > 1))) return whole
  const u = projected.map(({ pixel }) => pixel[0])
  const v = projected.map(({ pixel }) => pixel[1])
  const left = Math.max(0, Math.floor(Math.min(...u) - marginPixels))
  const top = Math.max(0, Math.floor(Math.min(...v) - marginPixels))
  const right = Math.min(width, Math.ceil(Math.max(...u) + marginPixels) + 1)
  const bottom = Math.min(height, Math.ceil(Math.max(...v) + marginPixels) + 1)
  const minimumEdge = 8
  if (right - left < minimumEdge || bottom - top < minimumEdge) return whole
  return { left, top, width: right - left, height: bottom - top }
}

/** The view cut to a rectangle. */
export function cropView(view: RegistrationView, rectangle: PixelRectangle): RegistrationView {
  const { left, top, width, height } = rectangle
  if (width === view.picture.width && height === view.picture.height) return view
  return {
    ...view,
    camera: cropCamera(view.camera, left, top, width, height),
    picture: cropPicture(view.picture, left, top, width, height),
  }
}
