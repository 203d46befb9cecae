import { type Camera } from '../../contract/files/camera.js'
import { type Matrix3, type Vector3 } from '../../contract/matrix.js'
import { projectCameraPoint, rayInCamera } from '../../geometry/camera.js'
import { multiplyVector3, transpose3 } from '../../geometry/matrix.js'
import { rotationFromVector } from '../../geometry/rigid.js'

/** A camera that is turned about its source, which sees the same rays elsewhere in its picture. */
export interface TurnedView {
  /** Of directions in the camera to those in the turned one. */
  readonly turnedFromCamera: Matrix3
  /** [height, width], as the turned camera would have recorded it. */
  readonly pixels: Float32Array
}

/** Turns about columns and rows move the picture by this share of its edge, turns about the view by this angle. */
const shift = 0.04
const rollRad = 0.1

/**
 * The picture itself and as seen by six cameras turned a little about the source, one way and the other about each axis:
 * each shows exactly what an X-ray would (a homography), but for the margin that was not recorded.
 */
export function turnedViews(pixels: Float32Array, camera: Camera): TurnedView[] {
  const { width, height } = camera.imageSize
  const [across] = rayInCamera(camera, [(width - 1) / 2 + shift * width, 0])
  const [, down] = rayInCamera(camera, [0, (height - 1) / 2 + shift * height])
  const [left] = rayInCamera(camera, [(width - 1) / 2, 0])
  const [, top] = rayInCamera(camera, [0, (height - 1) / 2])
  const turns: Vector3[] = [
    [Math.atan(down - top), 0, 0],
    [0, Math.atan(across - left), 0],
    [0, 0, rollRad],
  ]
  const rotations = turns.flatMap((turn) => [rotationFromVector(turn), transpose3(rotationFromVector(turn))])
  return [
    { turnedFromCamera: rotationFromVector([0, 0, 0]), pixels },
    ...rotations.map((turnedFromCamera) => ({
      turnedFromCamera,
      pixels: seenFromTurned(pixels, camera, turnedFromCamera),
    })),
  ]
}

/** Bilinear; the least value beyond the picture's edges. */
function seenFromTurned(pixels: Float32Array, camera: Camera, turnedFromCamera: Matrix3): Float32Array {
  const { width, height } = camera.imageSize
  const cameraFromTurned = transpose3(turnedFromCamera)
  const least = pixels.reduce((low, value) => Math.min(low, value), Infinity)
  const seen = new Float32Array(pixels.length)
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const ray = multiplyVector3(cameraFromTurned, rayInCamera(camera, [column, row]))
      const [u, v] = projectCameraPoint(camera, ray).pixel
      seen[row * width + column] = bilinear(pixels, width, height, u, v) ?? least
    }
  }
  return seen
}

function bilinear(pixels: Float32Array, width: number, height: number, u: number, v: number): number | null {
  const [x, y] = [Math.floor(u), Math.floor(v)]
  if (!(u >= 0 && v >= 0 && u <= width - 1 && v <= height - 1)) return null
  const [right, below] = [Math.min(x + 1, width - 1), Math.min(y + 1, height - 1)]
  const [fx, fy] = [u - x, v - y]
  const upper = pixels[y * width + x] * (1 - fx) + pixels[y * width + right] * fx
  const lower = pixels[below * width + x] * (1 - fx) + pixels[below * width + right] * fx
  return upper * (1 - fy) + lower * fy
}
