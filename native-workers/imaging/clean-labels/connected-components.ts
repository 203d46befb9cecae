import { type Vector3 } from '../../contract/matrix.js'
import { type Connectivity } from '../../contract/operations/clean-labels.js'
import { type LabelVoxels } from '../labels.js'
import { labelRuns, type LabelRuns } from './label-runs.js'

/** Connected voxels of the same label, numbered from 0 in the order of their first voxels in memory. */
export interface Components {
  readonly count: number
  /** Per component. */
  readonly label: Uint16Array
  readonly voxels: Uint32Array
  readonly runs: LabelRuns
  readonly componentOfRun: Uint32Array
}

/** A row before the current one, and how far apart along i runs may lie that touch. */
interface NeighbourRow {
  readonly dj: -1 | 0 | 1
  readonly dk: -1 | 0
  readonly reach: 0 | 1
}

/** Voxels touch by faces (6), also by edges (18), also by corners (26). */
const neighbourRows: Readonly<Record<Connectivity, readonly NeighbourRow[]>> = {
  6: [
    { dj: -1, dk: 0, reach: 0 },
    { dj: 0, dk: -1, reach: 0 },
  ],
  18: [
    { dj: -1, dk: 0, reach: 1 },
    { dj: -1, dk: -1, reach: 0 },
    { dj: 0, dk: -1, reach: 1 },
    { dj: 1, dk: -1, reach: 0 },
  ],
  26: [
    { dj: -1, dk: 0, reach: 1 },
    { dj: -1, dk: -1, reach: 1 },
    { dj: 0, dk: -1, reach: 1 },
    { dj: 1, dk: -1, reach: 1 },
  ],
}

/**
 * Connected components of all wanted labels of a label map at once: voxels are connected where they touch and have the
 * same label. Union-find over runs (Rosenfeld and Pfaltz 1966; He, Chao and Suzuki 2008), so that time follows the
 * number of voxels and memory that of runs. Pure.
 * @param size voxels along i (fastest), j, k
 * @param isWanted a flag per label; isWanted[0] must be 0
 */
export function connectedComponents(
  voxels: LabelVoxels,
  size: Vector3,
  isWanted: Uint8Array,
  connectivity: Connectivity,
): Components {
  const runs = labelRuns(voxels, size, isWanted)
  const parent = new Uint32Array(runs.count)
  for (let run = 0; run < runs.count; run++) parent[run] = run
  const [columns, rowsPerSlice, slices] = size
  for (let k = 0; k < slices; k++) {
    for (let j = 0; j < rowsPerSlice; j++) {
      for (const { dj, dk, reach } of neighbourRows[connectivity]) {
        const [jOther, kOther] = [j + dj, k + dk]
        if (jOther < 0 || jOther >= rowsPerSlice || kOther < 0) continue
        const offset = -(dj + rowsPerSlice * dk) * columns
        uniteRows(runs, parent, jOther + rowsPerSlice * kOther, j + rowsPerSlice * k, offset, reach)
      }
    }
  }
  return numberComponents(runs, parent)
}

/** Unites the runs of one label that touch in two rows, `offset` voxels apart. */
function uniteRows(
  { start, length, label, firstOfRow }: LabelRuns,
  parent: Uint32Array,
  row: number,
  laterRow: number,
  offset: number,
  reach: number,
): void {
  const end = firstOfRow[row + 1]
  const laterEnd = firstOfRow[laterRow + 1]
  let first = firstOfRow[row]
  for (let later = firstOfRow[laterRow]; later < laterEnd; later++) {
    const from = start[later] - offset - reach
    const to = start[later] - offset + length[later] + reach
    while (first < end && start[first] + length[first] <= from) first++
    for (let run = first; run < end && start[run] < to; run++) {
      if (label[run] === label[later]) unite(parent, run, later)
    }
  }
}

/** The earlier root stays, so that a component is known by its first run. */
function unite(parent: Uint32Array, a: number, b: number): void {
  const rootA = rootOf(parent, a)
  const rootB = rootOf(parent, b)
  if (rootA < rootB) parent[rootB] = rootA
  else parent[rootA] = rootB
}

function rootOf(parent: Uint32Array, run: number): number {
  let root = run
  while (parent[root] !== root) {
    parent[root] = parent[parent[root]]
    root = parent[root]
  }
  return root
}

/** Turns the forest, in place, into component numbers: a parent comes before its runs, so it is numbered already. */
function numberComponents(runs: LabelRuns, parent: Uint32Array): Components {
  let count = 0
  for (let run = 0; run < runs.count; run++) {
    parent[run] = parent[run] === run ? count++ : parent[parent[run]]
  }
  const label = new Uint16Array(count)
  const voxels = new Uint32Array(count)
  for (let run = 0; run < runs.count; run++) {
    label[parent[run]] = runs.label[run]
    voxels[parent[run]] += runs.length[run]
  }
  return { count, label, voxels, runs, componentOfRun: parent }
}
