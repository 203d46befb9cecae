import { type Camera } from '../contract/files/camera.js'
import { type Matrix4 } from '../contract/matrix.js'
import { mirrorColumns } from './camera.js'
import { multiply4 } from './matrix.js'

/** S: the reflection across x = 0, of camera axes as of the world; its own inverse. */
export const reflectionOfX: Matrix4 = [
  [-1, 0, 0, 0],
  [0, 1, 0, 0],
  [0, 0, 1, 0],
  [0, 0, 0, 1],
]

/**
 * The camera of an X-ray read right to left, in the world mirrored across x = 0: cx becomes width - 1 - cx and
 * cameraFromWorld becomes S cameraFromWorld S, a proper camera. With the volume mirrored by `originalFromMirrored` it
 * sees the mirrored picture at worldFromMirrored = S worldFromOriginal originalFromMirrored (specification §6, step 2).
 */
export function mirroredCamera(camera: Camera): Camera {
  return {
    ...mirrorColumns(camera),
    cameraFromWorld: multiply4(reflectionOfX, camera.cameraFromWorld, reflectionOfX),
  }
}
