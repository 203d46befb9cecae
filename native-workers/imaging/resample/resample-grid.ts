import { type Vector3 } from '../../contract/matrix.js'
import { type VolumeGrid } from '../../contract/operations/volume.js'
import { lpsFromIndex, type Volume } from '../volume.js'
import { transformPoint } from '../../geometry/matrix.js'
import { axisWeights, type Taps } from './axis-weights.js'

/** The grid of the same box with another spacing along the same axes; the box's centre stays exactly in place. */
export function regridded(grid: VolumeGrid, spacingMm: Vector3, size: Vector3): VolumeGrid {
  const centreIndex = (counts: Vector3): Vector3 => [
    (counts[0] - 1) / 2,
    (counts[1] - 1) / 2,
    (counts[2] - 1) / 2,
  ]
  const centre = transformPoint(lpsFromIndex(grid), centreIndex(grid.size))
  const atZero = { ...grid, size, spacingMm, originMm: [0, 0, 0] as const }
  const offset = transformPoint(lpsFromIndex(atZero), centreIndex(size))
  return {
    ...atZero,
    originMm: [centre[0] - offset[0], centre[1] - offset[1], centre[2] - offset[2]],
  }
}

/**
 * Resamples along the volume's own axes onto `size` voxels of `spacingMm`, area-averaged where that is coarser.
 * @param map applied to each stored value first, e.g. HU to attenuation
 */
export function resampleAlongAxes(
  volume: Volume,
  spacingMm: Vector3,
  size: Vector3,
  map: (value: number) => number = (value) => value,
): Volume<Float32Array> {
  const { size: from, spacingMm: fromSpacing } = volume.grid
  const [alongI, alongJ, alongK] = ([0, 1, 2] as const).map((axis) =>
    axisWeights(from[axis], fromSpacing[axis], size[axis], spacingMm[axis]),
  )
  const rows = resampleRows(volume, alongI, map)
  const slices = resampleLines(rows, size[0], from[1], from[2], alongJ)
  const voxels = resampleLines(slices, size[0] * size[1], from[2], 1, alongK)
  return { grid: regridded(volume.grid, spacingMm, size), voxels }
}

/** Isotropic voxels over the same box, to the nearest whole voxel. */
export function resampleIsotropic(
  volume: Volume,
  spacingMm: number,
  map?: (value: number) => number,
): Volume<Float32Array> {
  const { size, spacingMm: from } = volume.grid
  const count = (axis: 0 | 1 | 2) => Math.max(1, Math.round((size[axis] * from[axis]) / spacingMm))
  return resampleAlongAxes(volume, [spacingMm, spacingMm, spacingMm], [count(0), count(1), count(2)], map)
}

/** Twice the spacing; an odd axis ends with a voxel over half of it. */
export function halve(volume: Volume): Volume<Float32Array> {
  const { size, spacingMm } = volume.grid
  const doubled: Vector3 = [2 * spacingMm[0], 2 * spacingMm[1], 2 * spacingMm[2]]
  const half = (axis: 0 | 1 | 2) => Math.ceil(size[axis] / 2)
  return resampleAlongAxes(volume, doubled, [half(0), half(1), half(2)])
}

function resampleRows(volume: Volume, taps: readonly Taps[], map: (value: number) => number): Float32Array {
  const [nx, ny, nz] = volume.grid.size
  const { voxels } = volume
  const out = new Float32Array(taps.length * ny * nz)
  const row = new Float32Array(nx)
  for (let line = 0; line < ny * nz; line++) {
    const from = line * nx
    for (let i = 0; i < nx; i++) row[i] = map(voxels[from + i])
    const to = line * taps.length
    for (let i = 0; i < taps.length; i++) {
      const { first, weights } = taps[i]
      let sum = 0
      for (let n = 0; n < weights.length; n++) sum += weights[n] * row[first + n]
      out[to + i] = sum
    }
  }
  return out
}

/** Resamples `count` lines of `stride` values each into taps.length lines, for every one of `blocks` blocks. */
function resampleLines(
  values: Float32Array,
  stride: number,
  count: number,
  blocks: number,
  taps: readonly Taps[],
): Float32Array {
  const out = new Float32Array(stride * taps.length * blocks)
  for (let block = 0; block < blocks; block++) {
    for (let line = 0; line < taps.length; line++) {
      const to = (block * taps.length + line) * stride
      const { first, weights } = taps[line]
      for (let n = 0; n < weights.length; n++) {
        const weight = weights[n]
        if (weight === 0) continue
        const from = (block * count + first + n) * stride
        for (let i = 0; i < stride; i++) out[to + i] += weight * values[from + i]
      }
    }
  }
  return out
}
