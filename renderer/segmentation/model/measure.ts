import type { OpenedLabel } from '../../../native-workers/contract/operations/open-labels.js'
import type { VolumeGrid } from '../../../native-workers/contract/operations/volume.js'
import { volumeFromIndex } from '../../geometry/grid.js'
import { transformPoint } from '../../geometry/math.js'
import type { LabelVoxels } from '../../labels/label-map.js'

export type MeasuredLabel = Omit<OpenedLabel, 'name'>

interface Sums {
  count: number
  readonly index: [number, number, number]
  readonly first: [number, number, number]
  readonly last: [number, number, number]
}

/** Count, centre of mass and box of every label above 0, ascending; one pass from run to run along i. */
export function measureLabels(voxels: LabelVoxels, grid: VolumeGrid): MeasuredLabel[] {
  const [nx, ny, nz] = grid.size
  const all = new Map<number, Sums>()
  for (let k = 0; k < nz; k++) {
    for (let j = 0; j < ny; j++) {
      const row = (k * ny + j) * nx
      let start = 0
      while (start < nx) {
        const label = voxels[row + start] ?? 0
        let end = start + 1
        while (end < nx && voxels[row + end] === label) end++
        if (label > 0) addRun(sumsOf(all, label), start, end, j, k)
        start = end
      }
    }
  }
  const affine = volumeFromIndex(grid)
  return [...all]
    .sort(([a], [b]) => a - b)
    .map(([label, { count, index, first, last }]) => ({
      label,
      voxelCount: count,
      centreMm: transformPoint(affine, [index[0] / count, index[1] / count, index[2] / count]),
      box: { first, last },
    }))
}

function sumsOf(all: Map<number, Sums>, label: number): Sums {
  const known = all.get(label)
  if (known !== undefined) return known
  const made: Sums = {
    count: 0,
    index: [0, 0, 0],
    first: [Infinity, Infinity, Infinity],
    last: [-1, -1, -1],
  }
  all.set(label, made)
  return made
}

/** Voxels `start` to `end - 1` of row (j, k). */
function addRun(sums: Sums, start: number, end: number, j: number, k: number): void {
  const count = end - start
  sums.count += count
  sums.index[0] += (count * (start + end - 1)) / 2
  sums.index[1] += count * j
  sums.index[2] += count * k
  const low = [start, j, k] as const
  const high = [end - 1, j, k] as const
  for (const axis of [0, 1, 2] as const) {
    sums.first[axis] = Math.min(sums.first[axis], low[axis])
    sums.last[axis] = Math.max(sums.last[axis], high[axis])
  }
}
