import { type Vector3 } from '../../contract/matrix.js'
import { type LabelVoxels } from '../labels.js'

/**
 * The voxels of chosen labels as runs: neighbours along i of one label. Anatomy has some hundred times fewer runs than
 * voxels, which is what makes working on them lean.
 */
export interface LabelRuns {
  readonly count: number
  /** Index of each run's first voxel; ascending. */
  readonly start: Uint32Array
  readonly length: Uint32Array
  readonly label: Uint16Array
  /** Row r = j + size[1] * k holds the runs firstOfRow[r] to firstOfRow[r + 1] - 1. */
  readonly firstOfRow: Uint32Array
}

/**
 * Collects the runs of a label map in memory order.
 * @param size voxels along i (fastest), j, k
 * @param isWanted a flag per label; isWanted[0] must be 0
 */
export function labelRuns(voxels: LabelVoxels, size: Vector3, isWanted: Uint8Array): LabelRuns {
  const [columns, rowsPerSlice, slices] = size
  const rows = rowsPerSlice * slices
  // Counting first costs one more look at the voxels, and saves arrays that grow by copying.
  const firstOfRow = countRuns(voxels, columns, rows, isWanted)
  const count = firstOfRow[rows]
  const start = new Uint32Array(count)
  const length = new Uint32Array(count)
  const label = new Uint16Array(count)
  for (let row = 0; row < rows; row++) {
    let run = firstOfRow[row]
    if (run === firstOfRow[row + 1]) continue
    const end = (row + 1) * columns
    let index = row * columns
    while (index < end) {
      const value = voxels[index]
      const from = index++
      while (index < end && voxels[index] === value) index++
      if (isWanted[value] === 0) continue
      start[run] = from
      length[run] = index - from
      label[run] = value
      run++
    }
  }
  return { count, start, length, label, firstOfRow }
}

/** The number of runs before each row, and at the end of all. */
function countRuns(voxels: LabelVoxels, columns: number, rows: number, isWanted: Uint8Array): Uint32Array {
  const before = new Uint32Array(rows + 1)
  let count = 0
  for (let row = 0; row < rows; row++) {
    before[row] = count
    const end = (row + 1) * columns
    let previous = 0
    for (let index = row * columns; index < end; index++) {
      const value = voxels[index]
      if (value === previous) continue
      count += isWanted[value]
      previous = value
    }
  }
  before[rows] = count
  return before
}
