import { type Matrix4 } from '../../contract/matrix.js'
import { type OverlapSimilarity } from '../../contract/operations/coregister.js'
import { invertAffine, multiply4 } from '../../geometry/matrix.js'
import { lpsFromIndex, type Volume } from '../volume.js'
import { valueRange } from '../voxel-values.js'
import { sampleLinear } from './sample-linear.js'

const bins = 32
/** Below this share of the smaller volume there is nothing to measure. */
const leastOverlap = 0.05

/**
 * Mutual information and correlation of two volumes over their overlap, moving by movingFromFixed (LPS mm); null where
 * they lie apart. A value counts for its two nearest bins in each volume, by its distance from them.
 */
export function overlapSimilarity(
  fixed: Volume<Float32Array>,
  moving: Volume<Float32Array>,
  movingFromFixed: Matrix4,
): OverlapSimilarity | null {
  const [a, b, c] = multiply4(
    invertAffine(lpsFromIndex(moving.grid)),
    movingFromFixed,
    lpsFromIndex(fixed.grid),
  )
  const [fx, fy, fz] = fixed.grid.size
  const [nx, ny, nz] = moving.grid.size
  const binOfFixed = binScale(fixed.voxels)
  const binOfMoving = binScale(moving.voxels)
  const joint = new Float64Array(bins * bins)
  let count = 0
  for (let k = 0, index = 0; k < fz; k++) {
    for (let j = 0; j < fy; j++) {
      for (let i = 0; i < fx; i++, index++) {
        const x = a[0] * i + a[1] * j + a[2] * k + a[3]
        const y = b[0] * i + b[1] * j + b[2] * k + b[3]
        const z = c[0] * i + c[1] * j + c[2] * k + c[3]
        if (!(x >= 0 && y >= 0 && z >= 0 && x <= nx - 1 && y <= ny - 1 && z <= nz - 1)) continue
        count++
        addPair(
          joint,
          binOfFixed(fixed.voxels[index]),
          binOfMoving(sampleLinear(moving.voxels, nx, ny, nz, x, y, z)),
        )
      }
    }
  }
  const overlap = Math.min(1, (count * voxelMm3(fixed)) / Math.min(volumeMm3(fixed), volumeMm3(moving)))
  if (overlap < leastOverlap) return null
  return { ...statistics(joint, count), overlap }
}

const voxelMm3 = ({ grid }: Volume): number =>
  grid.spacingMm.reduce((product, spacing) => product * spacing, 1)

/** The volume of a grid's voxels together. */
export const volumeMm3 = (volume: Volume): number => voxelMm3(volume) * volume.voxels.length

function binScale(voxels: Float32Array): (value: number) => number {
  const [least, greatest] = valueRange(voxels)
  const scale = greatest > least ? (bins - 1) / (greatest - least) : 0
  return (value) => (value - least) * scale
}

function addPair(joint: Float64Array, fixedBin: number, movingBin: number): void {
  const f = Math.min(bins - 2, fixedBin | 0)
  const m = Math.min(bins - 2, movingBin | 0)
  const df = fixedBin - f
  const dm = movingBin - m
  joint[f * bins + m] += (1 - df) * (1 - dm)
  joint[f * bins + m + 1] += (1 - df) * dm
  joint[(f + 1) * bins + m] += df * (1 - dm)
  joint[(f + 1) * bins + m + 1] += df * dm
}

/** Sums over the joint histogram; bins stand for their values, which correlation does not mind. */
function statistics(joint: Float64Array, count: number) {
  const fixedShares = new Float64Array(bins)
  const movingShares = new Float64Array(bins)
  joint.forEach((weight, index) => {
    fixedShares[Math.floor(index / bins)] += weight / count
    movingShares[index % bins] += weight / count
  })
  const mean = (shares: Float64Array) => shares.reduce((sum, share, bin) => sum + share * bin, 0)
  const [meanFixed, meanMoving] = [mean(fixedShares), mean(movingShares)]
  const variance = (shares: Float64Array, centre: number) =>
    shares.reduce((sum, share, bin) => sum + share * (bin - centre) ** 2, 0)
  let mutualInformation = 0
  let covariance = 0
  joint.forEach((weight, index) => {
    if (weight === 0) return
    const [f, m, share] = [Math.floor(index / bins), index % bins, weight / count]
    mutualInformation += share * Math.log(share / (fixedShares[f] * movingShares[m]))
    covariance += share * (f - meanFixed) * (m - meanMoving)
  })
  const spread = Math.sqrt(variance(fixedShares, meanFixed) * variance(movingShares, meanMoving))
  return { mutualInformation, correlation: spread > 0 ? covariance / spread : 0 }
}
