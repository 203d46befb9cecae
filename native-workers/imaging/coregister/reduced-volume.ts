import { type Vector2 } from '../../contract/matrix.js'
import { type VolumeGrid } from '../../contract/operations/volume.js'
import { resampleIsotropic } from '../resample/isotropic.js'
import { type Volume } from '../volume.js'
import { valueRange } from '../voxel-values.js'

/** HU between which tissues differ: air and lung become one, metal and dense bone another. */
const tissueWindowHu: Vector2 = [-200, 1000]

/** Values that matter: the window of tissues for a CT, which holds air; everything for any other volume. */
export function relevantWindow(volume: Volume): Vector2 {
  const [least, greatest] = valueRange(volume.voxels)
  return least <= tissueWindowHu[0] ? tissueWindowHu : [least, greatest]
}

/** The spacing at which a grid has about `voxelCount` cubic voxels; never finer than the grid itself. */
export function spacingForCount({ size, spacingMm }: VolumeGrid, voxelCount: number): number {
  const volumeMm3 = size.reduce((product, count, axis) => product * count * spacingMm[axis], 1)
  return Math.max(Math.min(...spacingMm), Math.cbrt(volumeMm3 / voxelCount))
}

/** A volume in cubes of `spacingMm`, its values kept within `window`. */
export function reducedVolume(
  volume: Volume,
  spacingMm: number,
  [least, greatest]: Vector2,
): Volume<Float32Array> {
  const reduced = resampleIsotropic(volume, spacingMm)
  const { voxels } = reduced
  for (let index = 0; index < voxels.length; index++) {
    voxels[index] = Math.min(greatest, Math.max(least, voxels[index]))
  }
  return reduced
}
