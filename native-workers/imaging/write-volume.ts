import { access, constants } from 'node:fs/promises'
import { dirname } from 'node:path'
import { UserError } from '../contract/errors.js'
import { outputError, replaceFile } from './atomic-write.js'
import { writeItkImage } from './itk/image-io.js'
import { type Volume } from './volume.js'
import { isNiftiSize, writeNifti } from './write-nifti.js'

/** The ending by which a volume's format is chosen, e.g. ".nii.gz". Errors: `format-unsupported`. */
export function volumeEnding(path: string): string {
  const ending = /\.(nii|nii\.gz|nrrd|mha)$/i.exec(path)?.[0]
  if (ending !== undefined) return ending
  throw new UserError(
    'format-unsupported',
    `A volume can't be written to "${path}": its ending is not known.`,
    'Use .nii.gz, .nii, .nrrd or .mha.',
  )
}

/**
 * Writes a volume in LPS mm as `.nii.gz`, `.nii`, `.nrrd` or `.mha`, chosen by the ending, through a temporary file.
 * NIfTI keeps geometry in float32 only. Errors: `format-unsupported`, `output-unwritable`.
 */
export async function writeVolume(path: string, volume: Volume): Promise<void> {
  volumeEnding(path)
  try {
    await access(dirname(path), constants.W_OK)
  } catch (error) {
    throw outputError(error, path)
  }
  const isNifti = /^\.nii/i.test(volumeEnding(path)) && isNiftiSize(volume.grid)
  await replaceFile(path, (temporaryPath) =>
    isNifti ? writeNifti(temporaryPath, volume) : writeItkImage(temporaryPath, volume.grid, volume.voxels),
  )
}
