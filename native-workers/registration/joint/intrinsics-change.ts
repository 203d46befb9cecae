import { type Camera } from '../../contract/files/camera.js'
import { intrinsicMatrix, intrinsicNumbers, sourceToDetectorMm } from '../../geometry/camera.js'

/**
 * Parameters of a change of intrinsics: logarithm of the focal length's factor (of the source-to-detector distance
 * where pixels keep their size), shift of the principal point along columns and rows as shares of the picture's width.
 */
export const intrinsicsParameters = 3

/** How far the stated intrinsics are expected to be off. */
export const intrinsicsSpread: readonly number[] = [0.02, 0.02, 0.02]

/** The camera after a change; holds for any size that its picture is resampled to. */
export function changedCamera(camera: Camera, change: ArrayLike<number>): Camera {
  const { fx, fy, cx, cy } = intrinsicNumbers(camera)
  const factor = Math.exp(change[0])
  const { width, height } = camera.imageSize
  // Shares of the width in millimetres, so that non-square pixels move alike in both directions.
  const rowsPerColumn = fy / fx
  return {
    ...camera,
    imageSize: { width, height },
    intrinsics: intrinsicMatrix(fx * factor, fy * factor, [
      cx + change[1] * width,
      cy + change[2] * width * rowsPerColumn,
    ]),
  }
}

/** What changed, in words, with the uncertainty (standard deviations of the parameters) that the images leave. */
export function describeIntrinsics(before: Camera, after: Camera, deviations: ArrayLike<number>): string[] {
  const [was, is] = [intrinsicNumbers(before), intrinsicNumbers(after)]
  const [sddWas, sddIs] = [sourceToDetectorMm(before), sourceToDetectorMm(after)]
  const distance =
    sddWas === null || sddIs === null
      ? `The focal length was refined from ${was.fx.toFixed(1)} to ${is.fx.toFixed(1)} ± ${(is.fx * deviations[0]).toFixed(1)} pixels`
      : `The source-to-detector distance was refined from ${sddWas.toFixed(1)} to ${sddIs.toFixed(1)} ± ${(sddIs * deviations[0]).toFixed(1)} mm`
  const width = before.imageSize.width
  const deviationPixels = Math.max(deviations[1], deviations[2]) * width
  const point = `The principal point was refined from (${was.cx.toFixed(1)}, ${was.cy.toFixed(1)}) to (${is.cx.toFixed(1)}, ${is.cy.toFixed(1)}) ± ${deviationPixels.toFixed(1)} pixels`
  const weak = '; the images hardly determine it'
  return [
    `${distance}${isWeak(deviations, 0) ? weak : ''}.`,
    `${point}${isWeak(deviations, 1) || isWeak(deviations, 2) ? weak : ''}.`,
  ]
}

/** Whether the images leave more than a third of what a parameter was expected to be off. */
const isWeak = (deviations: ArrayLike<number>, parameter: number): boolean =>
  deviations[parameter] > intrinsicsSpread[parameter] / 3
