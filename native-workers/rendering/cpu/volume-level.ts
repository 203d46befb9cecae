import { type Matrix4, type Vector3 } from '../../contract/matrix.js'
import { invertAffine } from '../../geometry/matrix.js'
import { lpsFromIndex, type Volume } from '../../imaging/volume.js'
import { type Pointer, type SharedArena } from './shared-arena.js'

/** A volume in the kernel's memory, with a border of one zero voxel on every side. */
export interface VolumeLevel {
  /** Voxels including the border. */
  readonly size: Vector3
  readonly voxels: Pointer
  /** Channel per voxel on the same grid; 0 where none were given. */
  readonly labels: Pointer
  /** Index with the border counted: the volume's first voxel is (1, 1, 1). */
  readonly indexFromLps: Matrix4
  readonly spacingMm: Vector3
}

/**
 * Copies attenuation, and optionally one channel number per voxel, into the kernel's memory. The border lets a ray
 * ramp to air over one voxel instead of stepping, as a volume surrounded by zeros does.
 */
export function uploadLevel(
  arena: SharedArena,
  volume: Volume<Float32Array>,
  labels?: Uint8Array,
): VolumeLevel {
  const [nx, ny, nz] = volume.grid.size
  const size: Vector3 = [nx + 2, ny + 2, nz + 2]
  const count = size[0] * size[1] * size[2]
  // The kernel loads pairs: the last corner's neighbour must lie inside the allocation.
  const voxels = arena.allocate((count + 4) * 4)
  const labelPointer = labels === undefined ? 0 : arena.allocate(count)
  arena.floats(voxels, count).fill(0)
  copyInside(size, volume.voxels, arena.floats(voxels, count))
  if (labels !== undefined) {
    arena.bytes(labelPointer, count).fill(0)
    copyInside(size, labels, arena.bytes(labelPointer, count))
  }
  const fromLps = invertAffine(lpsFromIndex(volume.grid), 'The volume’s grid')
  return {
    size,
    voxels,
    labels: labelPointer,
    indexFromLps: [
      [fromLps[0][0], fromLps[0][1], fromLps[0][2], fromLps[0][3] + 1],
      [fromLps[1][0], fromLps[1][1], fromLps[1][2], fromLps[1][3] + 1],
      [fromLps[2][0], fromLps[2][1], fromLps[2][2], fromLps[2][3] + 1],
      fromLps[3],
    ],
    spacingMm: volume.grid.spacingMm,
  }
}

/** Gives a level other voxels of the same grid (without the border). */
export function rewriteLevel(arena: SharedArena, { size, voxels }: VolumeLevel, values: Float32Array): void {
  copyInside(size, values, arena.floats(voxels, size[0] * size[1] * size[2]))
}

/** Copies rows of a grid into one with a border of one voxel on every side, whose size is `size`. */
function copyInside<Values extends Float32Array | Uint8Array>(
  size: Vector3,
  values: Values,
  padded: Values,
): void {
  const [nx, ny, nz] = [size[0] - 2, size[1] - 2, size[2] - 2]
  for (let k = 0; k < nz; k++) {
    for (let j = 0; j < ny; j++) {
      const from = nx * (j + ny * k)
      padded.set(values.subarray(from, from + nx), 1 + size[0] * (j + 1 + size[1] * (k + 1)))
    }
  }
}
