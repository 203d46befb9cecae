import { type Matrix4 } from '../../contract/matrix.js'
import { invertAffine, multiply4 } from '../../geometry/matrix.js'
import { lpsFromIndex, type Volume } from '../volume.js'
import { sampleLinear } from './sample-linear.js'

/** Scores a motion movingFromFixed (LPS mm): higher is better, at most 1; -1 where too little overlaps. */
export type OverlapScore = (movingFromFixed: Matrix4) => number

interface ScoreSettings {
  /** Every how many voxels of the fixed volume are compared. */
  readonly stride: number
  readonly sampling: 'nearest' | 'linear'
}

/** Less than this share of the smaller volume is no overlap to judge by. */
const leastOverlap = 0.2
/** An overlap that shows next to nothing of what the fixed volume shows correlates by chance. */
const leastVarianceShare = 0.1
/** Half of the overlap must pay with about a fifth more correlation. */
const overlapExponent = 0.25

/**
 * Correlation of two volumes of one modality over their overlap, times a power of the overlap's share of the smaller
 * volume. Voxels beyond either grid do not count, so that a field of view that lacks a half costs nothing.
 */
export function overlapScore(
  fixed: Volume<Float32Array>,
  moving: Volume<Float32Array>,
  { stride, sampling }: ScoreSettings,
): OverlapScore {
  const [fx, fy, fz] = fixed.grid.size
  const [nx, ny, nz] = moving.grid.size
  const fixedLps = lpsFromIndex(fixed.grid)
  const movingIndexFromLps = invertAffine(lpsFromIndex(moving.grid))
  const voxelRatio =
    moving.grid.spacingMm.reduce((product, spacing) => product * spacing, 1) /
    fixed.grid.spacingMm.reduce((product, spacing) => product * spacing, 1)
  const points = gridPoints(fx, fy, fz, stride)
  const pointCount = points.index.length
  const smallerCount = Math.min(pointCount, (moving.voxels.length * voxelRatio) / stride)
  const leastVariance = leastVarianceShare * variance(fixed.voxels)
  const sample = sampling === 'nearest' ? sampleNearest : sampleLinear
  return (movingFromFixed) => {
    const [a, b, c] = multiply4(movingIndexFromLps, movingFromFixed, fixedLps)
    const sums = { count: 0, f: 0, m: 0, ff: 0, mm: 0, fm: 0 }
    for (let point = 0; point < pointCount; point++) {
      const i = points.i[point]
      const j = points.j[point]
      const k = points.k[point]
      const x = a[0] * i + a[1] * j + a[2] * k + a[3]
      const y = b[0] * i + b[1] * j + b[2] * k + b[3]
      const z = c[0] * i + c[1] * j + c[2] * k + c[3]
      if (!(x >= 0 && y >= 0 && z >= 0 && x <= nx - 1 && y <= ny - 1 && z <= nz - 1)) continue
      const m = sample(moving.voxels, nx, ny, nz, x, y, z)
      const f = fixed.voxels[points.index[point]]
      sums.count++
      sums.f += f
      sums.m += m
      sums.ff += f * f
      sums.mm += m * m
      sums.fm += f * m
    }
    const overlap = sums.count / smallerCount
    if (overlap < leastOverlap) return -1
    const varianceFixed = sums.ff / sums.count - (sums.f / sums.count) ** 2
    const varianceMoving = sums.mm / sums.count - (sums.m / sums.count) ** 2
    if (varianceFixed <= leastVariance || varianceMoving <= leastVariance) return -1
    const covariance = sums.fm / sums.count - (sums.f / sums.count) * (sums.m / sums.count)
    return (covariance / Math.sqrt(varianceFixed * varianceMoving)) * Math.min(1, overlap) ** overlapExponent
  }
}

/** Every `stride`-th voxel of a grid, by its index and its place along the axes. */
function gridPoints(nx: number, ny: number, nz: number, stride: number) {
  const index = Int32Array.from({ length: Math.ceil((nx * ny * nz) / stride) }, (_, n) => n * stride)
  return {
    index,
    i: index.map((n) => n % nx),
    j: index.map((n) => Math.floor(n / nx) % ny),
    k: index.map((n) => Math.floor(n / (nx * ny))),
  }
}

function variance(voxels: Float32Array): number {
  let sum = 0
  let squares = 0
  for (let index = 0; index < voxels.length; index++) {
    sum += voxels[index]
    squares += voxels[index] * voxels[index]
  }
  return squares / voxels.length - (sum / voxels.length) ** 2
}

function sampleNearest(
  voxels: Float32Array,
  nx: number,
  ny: number,
  _nz: number,
  x: number,
  y: number,
  z: number,
): number {
  return voxels[((x + 0.5) | 0) + nx * (((y + 0.5) | 0) + ny * ((z + 0.5) | 0))]
}
