import { type Interpolation } from '../../contract/operations/resample-isotropic.js'
import { interpolationWeights } from '../resample/interpolation/interpolation-weights.js'
import { resampleSeparably } from '../resample/interpolation/resample-separably.js'
import { type Volume, type VoxelArray } from '../volume.js'
import { zerosLike } from '../voxel-values.js'
import { type TargetGrid } from './target-grid.js'

export interface ResampleSettings {
  readonly interpolation: Interpolation
  /** float32 as computed instead of the volume's own type. */
  readonly float: boolean
  /** Value of voxels outside of the old volume. */
  readonly outsideValue: number
}

/**
 * A volume on its isotropic grid. Values between samples by the interpolation asked for; axes that become coarser are
 * smoothed first. Half a voxel beyond the outermost samples still belongs to the volume. Results of spline and sinc may
 * overshoot the volume's values (below air too); they are only kept within the voxel type. `afterSlice` is awaited.
 */
export async function resampleVolume(
  { grid: old, voxels }: Volume,
  { grid, firstIndex, ratio, insideSize }: TargetGrid,
  { interpolation, float, outsideValue }: ResampleSettings,
  afterSlice: (slice: number) => Promise<void>,
): Promise<Volume> {
  const weights = (axis: 0 | 1 | 2) =>
    interpolationWeights(interpolation, old.size[axis], insideSize[axis], ratio[axis], firstIndex[axis])
  const output = emptyOutput(voxels, grid.size[0] * grid.size[1] * grid.size[2], float)
  if (outsideValue !== 0 && insideSize.some((size, axis) => size < grid.size[axis])) output.fill(outsideValue)
  const job = {
    input: voxels,
    inputSize: old.size,
    axes: [weights(0), weights(1), weights(2)] as const,
    output,
    outputSize: grid.size,
  }
  await resampleSeparably(job, afterSlice)
  return { grid, voxels: output }
}

function emptyOutput(like: VoxelArray, length: number, float: boolean): VoxelArray {
  return float ? new Float32Array(length) : zerosLike(like, length)
}
