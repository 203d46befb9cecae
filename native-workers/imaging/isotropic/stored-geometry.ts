import { rm } from 'node:fs/promises'
import { type Vector3 } from '../../contract/matrix.js'
import { type VolumeGrid } from '../../contract/operations/volume.js'
import { distance, transformPoint } from '../../geometry/matrix.js'
import { readVolume } from '../read-volume.js'
import { lpsFromIndex } from '../volume.js'
import { volumeEnding, writeVolume } from '../write-volume.js'

/**
 * Largest distance between a voxel's centre on `grid` and where a file of the format of `path` puts it. Measured on a
 * small volume of the same geometry beside `path`, since decoders unpack all voxels before they tell the geometry.
 */
export async function storedWithinMm(path: string, grid: VolumeGrid): Promise<number> {
  const smallPath = `${path}.geometry${volumeEnding(path)}`
  try {
    await writeVolume(smallPath, { grid: { ...grid, size: [2, 2, 2] }, voxels: new Uint8Array(8) })
    const { volume } = await readVolume({ path: smallPath, acceptGeometry: false })
    const [stored, computed] = [lpsFromIndex(volume.grid), lpsFromIndex(grid)]
    // Both are affine, so the largest distance is at a corner.
    const distances = corners(grid).map((index) =>
      distance(transformPoint(stored, index), transformPoint(computed, index)),
    )
    return Math.max(...distances)
  } finally {
    await rm(smallPath, { force: true })
  }
}

function corners({ size: [nx, ny, nz] }: VolumeGrid): Vector3[] {
  return [0, nx - 1].flatMap((i) => [0, ny - 1].flatMap((j) => [0, nz - 1].map((k): Vector3 => [i, j, k])))
}
