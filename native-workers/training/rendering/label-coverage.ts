import { type VolumeGrid } from '../../contract/operations/volume.js'
import { type LabelMap } from '../../imaging/labels.js'
import { isotropicGrid } from '../../imaging/resample/isotropic.js'
import { type Volume } from '../../imaging/volume.js'

/** Where structures lie, as shares 0..1 of coarse voxels. */
export interface LabelCoverage {
  /** Every structure by itself, in the map's order; empty where only the union was asked for. */
  readonly structures: readonly { readonly label: number; readonly share: Volume<Float32Array> }[]
  readonly union: Volume<Float32Array>
}

/**
 * Counts the map's voxels into cubes of at least `spacingMm`, as coarse as the map's coarsest axis.
 * @param single also every structure by itself
 */
export function labelCoverage(
  { labels, structures }: LabelMap,
  grid: VolumeGrid,
  spacingMm: number,
  single: boolean,
): LabelCoverage {
  const coarse = isotropicGrid(grid, Math.max(spacingMm, ...grid.spacingMm))
  const axes = ([0, 1, 2] as const).map((axis) => axisBins(grid, coarse, axis))
  const channelOf = new Uint16Array(65536)
  for (const [n, label] of structures.entries()) channelOf[label] = n + 1
  const [mx, my, mz] = coarse.size
  const empty = () => new Float32Array(mx * my * mz)
  const union = empty()
  const each = single ? structures.map(empty) : []
  const [nx, ny, nz] = grid.size
  for (let k = 0; k < nz; k++) {
    for (let j = 0; j < ny; j++) {
      const row = mx * (axes[1].bin[j] + my * axes[2].bin[k])
      const share = axes[1].share[j] * axes[2].share[k]
      const from = nx * (j + ny * k)
      for (let i = 0; i < nx; i++) {
        const channel = channelOf[labels[from + i]]
        if (channel === 0) continue
        const to = row + axes[0].bin[i]
        union[to] += share * axes[0].share[i]
        if (single) each[channel - 1][to] += share * axes[0].share[i]
      }
    }
  }
  const volume = (voxels: Float32Array) => ({ grid: coarse, voxels })
  return {
    union: volume(union),
    structures: each.map((voxels, n) => ({ label: structures[n], share: volume(voxels) })),
  }
}

/** The coarse voxel of every fine one along an axis, and which share of it the fine one is. */
function axisBins(fine: VolumeGrid, coarse: VolumeGrid, axis: 0 | 1 | 2) {
  const count = fine.size[axis]
  const last = coarse.size[axis] - 1
  const ratio = fine.spacingMm[axis] / coarse.spacingMm[axis]
  const offset = last / 2 - ((count - 1) / 2) * ratio
  const bin = Int32Array.from({ length: count }, (_, n) =>
    Math.min(last, Math.max(0, Math.round(offset + n * ratio))),
  )
  const counts = new Float64Array(last + 1)
  for (const index of bin) counts[index]++
  return { bin, share: Float64Array.from(bin, (index) => 1 / counts[index]) }
}
