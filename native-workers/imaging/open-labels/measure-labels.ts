import { type Vector3 } from '../../contract/matrix.js'
import { type OpenedLabel } from '../../contract/operations/open-labels.js'
import { type VolumeGrid } from '../../contract/operations/volume.js'
import { transformPoint } from '../../geometry/matrix.js'
import { type LabelVoxels } from '../labels.js'
import { lpsFromIndex } from '../volume.js'

/** Doubles per label: count, sums of i, j, k, first i, j, k, last i, j, k. */
const stride = 10

/** Count, centre of mass and box of every label above 0; one pass, which steps from run to run along i. */
export function measureLabels(voxels: LabelVoxels, grid: VolumeGrid): Omit<OpenedLabel, 'name'>[] {
  const [nx, ny, nz] = grid.size
  const sums = new Float64Array((voxels instanceof Uint8Array ? 256 : 65536) * stride)
  for (let at = 0; at < sums.length; at += stride) sums.fill(Infinity, at + 4, at + 7)
  for (let k = 0; k < nz; k++) {
    for (let j = 0; j < ny; j++) {
      const row = nx * (j + ny * k)
      let start = 0
      while (start < nx) {
        const label = voxels[row + start]
        let end = start + 1
        while (end < nx && voxels[row + end] === label) end++
        if (label > 0) addRun(sums, label * stride, start, end, j, k)
        start = end
      }
    }
  }
  return measured(sums, grid)
}

/** Voxels `start` to `end - 1` of row (j, k). */
function addRun(sums: Float64Array, at: number, start: number, end: number, j: number, k: number): void {
  const count = end - start
  sums[at] += count
  sums[at + 1] += (count * (start + end - 1)) / 2
  sums[at + 2] += count * j
  sums[at + 3] += count * k
  sums[at + 4] = Math.min(sums[at + 4], start)
  sums[at + 5] = Math.min(sums[at + 5], j)
  sums[at + 6] = Math.min(sums[at + 6], k)
  sums[at + 7] = Math.max(sums[at + 7], end - 1)
  sums[at + 8] = Math.max(sums[at + 8], j)
  sums[at + 9] = Math.max(sums[at + 9], k)
}

function measured(sums: Float64Array, grid: VolumeGrid): Omit<OpenedLabel, 'name'>[] {
  const affine = lpsFromIndex(grid)
  const found: Omit<OpenedLabel, 'name'>[] = []
  for (let at = stride; at < sums.length; at += stride) {
    const voxelCount = sums[at]
    if (voxelCount === 0) continue
    const triple = (offset: number): Vector3 => [
      sums[at + offset],
      sums[at + offset + 1],
      sums[at + offset + 2],
    ]
    const [i, j, k] = triple(1)
    found.push({
      label: at / stride,
      voxelCount,
      centreMm: transformPoint(affine, [i / voxelCount, j / voxelCount, k / voxelCount]),
      box: { first: triple(4), last: triple(7) },
    })
  }
  return found
}
