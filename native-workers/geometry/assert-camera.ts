import { UserError } from '../contract/errors.js'
import { type Camera } from '../contract/files/camera.js'
import { imageCentre, intrinsicNumbers } from './camera.js'
import { assertRigid } from './matrix.js'

/** Steeper than any detector stands to its beam: the image's centre then lies nearly across the view. */
const maxTiltOfImageCentreDeg = 75
/** fx * column pitch and fy * row pitch are the same distance; calibrations agree to a per cent or so. */
const maxDistanceDisagreement = 0.1

/**
 * Throws `UserError('geometry-invalid')` in words unless every function of `camera.ts` is meaningful: finite
 * numbers, positive focal lengths, no skew, last row 0 0 1, a rigid `cameraFromWorld`, a principal point from
 * which the image can be seen, and a pixel pitch that agrees with the focal lengths.
 */
export function assertCamera(camera: Camera, name = 'The camera'): void {
  const refuse = (reason: string, hint: string): never => {
    throw new UserError('geometry-invalid', `${name} is not usable: ${reason}.`, hint)
  }
  const { intrinsics, imageSize, pixelSpacingMm } = camera
  const { fx, fy, cx, cy } = intrinsicNumbers(camera)
  if (!intrinsics.flat().every(Number.isFinite)) {
    refuse('its intrinsic matrix holds values that are not numbers', 'Check the calibration file.')
  }
  if (!(imageSize.width >= 1 && imageSize.height >= 1)) refuse('its image has no pixels', 'Check imageSize.')
  if (fx === 0 || fy === 0) refuse('its intrinsic matrix is singular (a focal length is 0)', focalHint)
  if (fx < 0 || fy < 0) {
    refuse(
      `a focal length is negative (fx ${String(fx)}, fy ${String(fy)})`,
      'Mirror the image or turn the camera axes so that x runs along columns, y down the rows and z away from the source.',
    )
  }
  if (intrinsics[0][1] !== 0 || intrinsics[1][0] !== 0) {
    refuse('it has skew, which is not supported', 'Rows and columns of the detector must be perpendicular.')
  }
  if (intrinsics[2][0] !== 0 || intrinsics[2][1] !== 0 || intrinsics[2][2] !== 1) {
    refuse('the last row of its intrinsic matrix is not 0 0 1', 'Divide the matrix by its last element.')
  }
  const centre = imageCentre(imageSize)
  const tiltDeg = (Math.atan(Math.hypot((centre[0] - cx) / fx, (centre[1] - cy) / fy)) * 180) / Math.PI
  if (tiltDeg > maxTiltOfImageCentreDeg) {
    refuse(
      `its principal point (${cx.toFixed(0)}, ${cy.toFixed(0)}) is so far from the image that the image's centre is seen ${tiltDeg.toFixed(0)} degrees off the view`,
      'Give the principal point in pixels from the top-left corner, [column, row].',
    )
  }
  if (pixelSpacingMm !== undefined) assertPitch(fx * pixelSpacingMm[0], fy * pixelSpacingMm[1], refuse)
  assertRigid(camera.cameraFromWorld, `cameraFromWorld of ${name.charAt(0).toLowerCase()}${name.slice(1)}`)
}

const focalHint = 'A focal length is the source-to-detector distance divided by the pixel spacing.'

function assertPitch(
  distanceX: number,
  distanceY: number,
  refuse: (reason: string, hint: string) => never,
): void {
  if (!(distanceX > 0 && distanceY > 0))
    refuse('its pixel spacing is not positive', 'Give millimetres per pixel.')
  if (Math.abs(distanceX / distanceY - 1) > maxDistanceDisagreement) {
    refuse(
      `its pixel spacing and focal lengths contradict each other: the source would be ${distanceX.toFixed(0)} mm from the detector by columns and ${distanceY.toFixed(0)} mm by rows`,
      'Pixel spacing is [column, row]; check that the two are not swapped.',
    )
  }
}
