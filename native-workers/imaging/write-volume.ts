import { access, constants } from 'node:fs/promises'
import { dirname } from 'node:path'
import { UserError } from '../contract/errors.js'
import { outputError, replaceFile } from './atomic-write.js'
import { writeItkImage } from './itk/image-io.js'
import { type Volume } from './volume.js'

/**
 * Writes a volume in LPS mm as `.nii.gz`, `.nii`, `.nrrd` or `.mha`, chosen by the ending, through a temporary file.
 * NIfTI keeps geometry in float32 only. Errors: `format-unsupported`, `output-unwritable`.
 */
export async function writeVolume(path: string, volume: Volume): Promise<void> {
  if (!/\.(nii|nii\.gz|nrrd|mha)$/i.test(path)) {
    throw new UserError(
      'format-unsupported',
      `A volume can't be written to "${path}": its ending is not known.`,
      'Use .nii.gz, .nii, .nrrd or .mha.',
    )
  }
  try {
    await access(dirname(path), constants.W_OK)
  } catch (error) {
    throw outputError(error, path)
  }
  await replaceFile(path, (temporaryPath) => writeItkImage(temporaryPath, volume.grid, volume.voxels))
}
