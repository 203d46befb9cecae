import { readFile, rm, writeFile } from 'node:fs/promises'
import { type VolumeGrid } from '../contract/operations/volume.js'
import { writeGzipFile } from './gzip-file.js'
import { writeItkImage } from './itk/image-io.js'
import { type Volume, type VoxelArray } from './volume.js'
import { zerosLike } from './voxel-values.js'

/** Voxels per axis that NIfTI-1 can count, and where its header counts them: dim[1] to dim[3] (nifti1.h). */
const largestSize = 32767
const sizeOffsets = [42, 44, 46] as const
const smallSize = [2, 2, 2] as const

/** Whether `writeNifti` can write this size; what it cannot is left to the encoder to refuse. */
export const isNiftiSize = ({ size }: VolumeGrid): boolean => size.every((count) => count <= largestSize)

/**
 * Writes a new NIfTI-1 file, gzipped by its ending, byte for byte as the encoder would: its own header of a small volume
 * of the same type and geometry, in which the size is set, and the voxels as they lie in memory. Through the encoder they
 * would be copied three times and packed on one core without SIMD. Errors: `output-unwritable`; those of the file
 * system pass unchanged.
 */
export async function writeNifti(path: string, { grid, voxels }: Volume): Promise<void> {
  const head = await niftiHead(`${path}.head.nii`, grid, voxels)
  const body = new Uint8Array(voxels.buffer, voxels.byteOffset, voxels.byteLength)
  if (/\.gz$/i.test(path)) await writeGzipFile(path, [head, body])
  else await writeFile(path, [head, body], { flag: 'wx' })
}

/** Everything before the voxels. */
async function niftiHead(temporaryPath: string, grid: VolumeGrid, like: VoxelArray): Promise<Buffer> {
  const small = zerosLike(like, smallSize[0] * smallSize[1] * smallSize[2])
  try {
    await writeItkImage(temporaryPath, { ...grid, size: smallSize }, small)
    const bytes = await readFile(temporaryPath)
    const head = bytes.subarray(0, bytes.length - small.byteLength)
    sizeOffsets.forEach((offset, axis) => head.writeInt16LE(grid.size[axis], offset))
    return head
  } finally {
    await rm(temporaryPath, { force: true })
  }
}
