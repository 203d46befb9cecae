import { basename } from 'node:path'
import { UserError } from '../contract/errors.js'
import { type Camera } from '../contract/files/camera.js'
import { type CameraSource } from '../contract/operations/sources.js'
import { assertCamera } from '../geometry/assert-camera.js'
import { cameraFromNumbers, cropCamera } from '../geometry/camera.js'
import { readCameraFile } from '../geometry/camera-files/read-camera-file.js'
import { type PreparedXray, type XrayImage } from './xray-image.js'

function requireSameSize(camera: Camera, { width, height }: XrayImage, name: string): void {
  const { imageSize } = camera
  if (imageSize.width === width && imageSize.height === height) return
  throw new UserError(
    'geometry-invalid',
    `${name} belongs to an image of ${imageSize.width} x ${imageSize.height} pixels, but the X-ray has ${width} x ${height}.`,
    'Use the camera of this X-ray, for its full, uncropped size.',
  )
}

function cameraOfNumbers(source: Extract<CameraSource, { kind: 'numbers' }>, image: XrayImage): Camera {
  const sddMm = source.sddMm ?? image.tags.sourceToDetectorMm
  const pixelSpacingMm = source.pixelSpacingMm ?? image.detectorPitchMm
  if (sddMm === undefined || pixelSpacingMm === undefined) {
    const missing = [
      ...(sddMm === undefined ? [{ what: 'source-to-detector distance', option: '--sdd MM' }] : []),
      ...(pixelSpacingMm === undefined
        ? [{ what: "detector's pixel spacing", option: '--pixel-spacing X,Y' }]
        : []),
    ]
    throw new UserError(
      'geometry-missing',
      `The X-ray (${image.format}) does not state the ${missing.map(({ what }) => what).join(' and the ')}.`,
      `Give ${missing.map(({ option }) => option).join(' and ')} in millimetres, or a camera file with --camera.`,
    )
  }
  return cameraFromNumbers({
    imageSize: { width: image.width, height: image.height },
    sddMm,
    pixelSpacingMm,
    principalPoint: source.principalPoint,
  })
}

async function uncroppedCamera(source: CameraSource, image: XrayImage): Promise<Camera> {
  if (source.kind === 'numbers') {
    const camera = cameraOfNumbers(source, image)
    assertCamera(camera, 'The camera of the given numbers')
    return camera
  }
  const camera = source.kind === 'camera' ? source.camera : await readCameraFile(source.path)
  const name = source.kind === 'camera' ? 'The camera' : `The camera "${basename(source.path)}"`
  assertCamera(camera, name)
  requireSameSize(camera, image, name)
  return camera
}

/**
 * The camera of a prepared X-ray: given, from a file, or from the X-ray's tags with given numbers going first; the crop
 * moves its principal point. Without a stated principal point it is the middle of the uncropped image. Errors:
 * `geometry-missing` naming the option that helps, `geometry-invalid`, and those of `readCameraFile`.
 */
export async function cameraForXray(
  source: CameraSource,
  image: XrayImage,
  { cropOffset, width, height }: Pick<PreparedXray, 'cropOffset' | 'width' | 'height'>,
): Promise<Camera> {
  const camera = await uncroppedCamera(source, image)
  return cropCamera(camera, cropOffset.left, cropOffset.top, width, height)
}
