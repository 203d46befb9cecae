import { type Camera } from '../../contract/files/camera.js'
import { scaleCamera } from '../../geometry/camera.js'

/** Silhouettes are rendered at this fraction of the pictures' size, from voxels as much coarser: they are smooth. */
export const silhouetteScale = 2

export function silhouetteCamera(camera: Camera): Camera {
  const { width, height } = camera.imageSize
  return scaleCamera(camera, Math.ceil(width / silhouetteScale), Math.ceil(height / silhouetteScale))
}
