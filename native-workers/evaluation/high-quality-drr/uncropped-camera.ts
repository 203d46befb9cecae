import { type Camera } from '../../contract/files/camera.js'
import { cropCamera, mirrorColumns } from '../../geometry/camera.js'
import { type SavedView } from '../saved-registration/open-saved-registration.js'

/**
 * The camera of a view's whole X-ray: before the crop, which takes half of its pixels, rounded down, from the left and
 * the top. It sees the columns as they were compared; `mirrorColumns` of its pictures gives them as the file has them.
 */
export function uncroppedCamera({ camera, xray, mirroredColumns }: SavedView): Camera {
  const { crop } = xray.preprocessing
  const { width, height } = camera.imageSize
  const before = Math.floor(crop / 2)
  const asStored = mirroredColumns ? mirrorColumns(camera) : camera
  const whole = cropCamera(asStored, -before, -before, width + crop, height + crop)
  return mirroredColumns ? mirrorColumns(whole) : whole
}
