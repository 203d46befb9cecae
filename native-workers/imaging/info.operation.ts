import { throwIfCancelled } from '../contract/errors.js'
import { type InfoInput, type InfoOutput } from '../contract/operations/volume.js'
import { type Operation } from '../contract/progress.js'
import { describeFile } from './info/describe-file.js'

/**
 * Tells what a file or folder is: volume, DICOM series, X-ray, camera, pose, points, result or calibration text, with
 * its geometry and what is wrong with it. Nothing is accepted or repaired on the way. Errors: those of the readers.
 */
export const info: Operation<InfoInput, InfoOutput> = async ({ path, spacingMm }, { signal }) => {
  throwIfCancelled(signal)
  return describeFile({ path, spacingMm, acceptGeometry: false }, signal)
}
