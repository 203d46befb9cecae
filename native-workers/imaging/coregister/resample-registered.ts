import { type Matrix4 } from '../../contract/matrix.js'
import { type VolumeGrid } from '../../contract/operations/volume.js'
import { type LabelMap } from '../labels.js'
import { resampleLinear } from '../resample/linear.js'
import { resampleNearest } from '../resample/nearest.js'
import { type Volume, type VoxelArray } from '../volume.js'
import { valueRange, zerosLike } from '../voxel-values.js'

const slicesPerTurn = 8
const airHounsfield = -1000

const voxelCount = ({ size }: VolumeGrid): number => size[0] * size[1] * size[2]

/** Air for a CT, whose values reach below water; otherwise the least value of the volume, for want of a better one. */
export function outsideValueOf({ voxels }: Volume): number {
  const [least] = valueRange(voxels)
  const holdsAir = !(voxels instanceof Int8Array) && least < 0
  return holdsAir ? airHounsfield : least
}

/**
 * A volume on another's lattice, linearly interpolated once, in its own voxel type. `onSlice` is awaited every few
 * slices and may throw to end it.
 */
export async function resampleRegistered(
  volume: Volume,
  grid: VolumeGrid,
  volumeFromReference: Matrix4,
  outsideValue: number,
  onFraction: (fraction: number) => Promise<void>,
): Promise<Volume> {
  const output: VoxelArray = zerosLike(volume.voxels, voxelCount(grid))
  const task = { source: volume, target: grid, sourceFromTarget: volumeFromReference, output, outsideValue }
  const slices = grid.size[2]
  for (let k = 0; k < slices; k += slicesPerTurn) {
    resampleLinear(task, k, Math.min(slices, k + slicesPerTurn))
    await onFraction(k / slices)
  }
  return { grid, voxels: output }
}

/** A label map of `volumeGrid` on another lattice, by nearest voxel, 0 outside. */
export function resampleRegisteredLabels(
  { labels }: LabelMap,
  volumeGrid: VolumeGrid,
  grid: VolumeGrid,
  volumeFromReference: Matrix4,
): Volume {
  const voxels = zerosLike(labels, voxelCount(grid))
  resampleNearest({ grid: volumeGrid, voxels: labels }, grid, voxels, volumeFromReference)
  return { grid, voxels }
}
