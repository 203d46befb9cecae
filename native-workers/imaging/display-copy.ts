import { createHash } from 'node:crypto'
import { mkdir, stat } from 'node:fs/promises'
import { endianness } from 'node:os'
import { join } from 'node:path'
import { type VolumeGrid } from '../contract/operations/volume.js'
import { outputError, writeSessionFile } from './atomic-write.js'
import { halve, halvedGrid } from './resample/halve.js'
import { type Volume, type VoxelArray } from './volume.js'
import { type LoadedVolume } from './volume-cache.js'

const bytesPerVoxel = 2

const bytesOf = ({ size }: VolumeGrid): number => size[0] * size[1] * size[2] * bytesPerVoxel

function toInt16(voxels: VoxelArray): Int16Array {
  if (voxels instanceof Int16Array) return voxels
  const result = new Int16Array(voxels.length)
  for (let index = 0; index < voxels.length; index++) {
    result[index] = Math.min(32767, Math.max(-32768, Math.round(voxels[index])))
  }
  return result
}

/** Little-endian bytes; a view on the voxels where the machine is little-endian itself. */
function littleEndianBytes(voxels: Int16Array): Uint8Array {
  const bytes = new Uint8Array(voxels.buffer, voxels.byteOffset, voxels.byteLength)
  return endianness() === 'LE' ? bytes : Buffer.from(bytes).swap16()
}

async function isPresent(file: string, bytes: number): Promise<boolean> {
  return (await stat(file).catch(() => null))?.size === bytes
}

/**
 * Writes voxels for display as raw int16 (little endian, i fastest; values beyond int16 are clamped), halved until they
 * take at most `limitBytes`. The file's name follows from the volume's key, so a copy that exists is used again.
 * Errors: `output-unwritable`.
 */
export async function writeDisplayCopy(
  { volume, key }: LoadedVolume,
  cacheFolder: string,
  limitBytes: number,
): Promise<{ file: string; grid: VolumeGrid }> {
  let grid = volume.grid
  let halvings = 0
  while (bytesOf(grid) > limitBytes && Math.max(...grid.size) > 1) {
    grid = halvedGrid(grid)
    halvings++
  }
  const name = createHash('sha256').update(`${key} ${halvings}`).digest('hex').slice(0, 24)
  const file = join(cacheFolder, `display-${name}.int16.raw`)
  if (await isPresent(file, bytesOf(grid))) return { file, grid }
  let coarse: Volume = volume
  for (let step = 0; step < halvings; step++) coarse = halve(coarse)
  await mkdir(cacheFolder, { recursive: true }).catch((error: unknown) => {
    throw outputError(error, cacheFolder)
  })
  await writeSessionFile(file, littleEndianBytes(toInt16(coarse.voxels)))
  return { file, grid }
}
