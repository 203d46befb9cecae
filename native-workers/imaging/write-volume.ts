import { access, constants, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { UserError } from '../contract/errors.js'
import { type VolumeGrid } from '../contract/operations/volume.js'
import { outputError, replaceFile } from './atomic-write.js'
import { gzipFile } from './gzip-file.js'
import { writeItkImage } from './itk/image-io.js'
import { type Volume, type VoxelArray } from './volume.js'

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
  const write = /\.gz$/i.test(path) ? writeGzipped : writeItkImage
  await replaceFile(path, (temporaryPath) => write(temporaryPath, volume.grid, volume.voxels))
}

/** The encoder packs on one core without SIMD, which takes most of its time. */
async function writeGzipped(path: string, grid: VolumeGrid, voxels: VoxelArray): Promise<void> {
  const rawPath = path.replace(/\.gz$/i, '')
  try {
    await writeItkImage(rawPath, grid, voxels)
    await gzipFile(rawPath, path)
  } finally {
    await rm(rawPath, { force: true })
  }
}
