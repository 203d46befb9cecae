import type { Vector3 } from '../../../native-workers/contract/matrix.js'
import type { LabelVoxels } from '../../labels/label-map.js'
import type { LabelDelta } from './delta.js'
import { cutOut, forEachVoxel, reshaped } from './region.js'

/** Which separate parts of a label stay. `index`: a voxel of the map. */
export type IslandRule =
  | { readonly kind: 'keep-largest' }
  | { readonly kind: 'keep-one'; readonly index: number }
  | { readonly kind: 'remove-one'; readonly index: number }
  | { readonly kind: 'remove-small'; readonly leastVoxels: number }

export interface Components {
  /** By voxel: the number of its component from 1, or 0. */
  readonly ids: Int32Array
  /** Voxels by component; [0] is 0. */
  readonly counts: readonly number[]
}

/** Parts of a mask that touch by faces. */
export function connectedComponents(mask: Uint8Array, [nx, ny, nz]: Vector3): Components {
  const ids = new Int32Array(mask.length)
  const counts = [0]
  const stack: number[] = []
  const slice = nx * ny
  for (let seed = 0; seed < mask.length; seed++) {
    if (mask[seed] !== 1 || ids[seed] !== 0) continue
    const id = counts.length
    let count = 0
    const reach = (at: number): void => {
      if (mask[at] !== 1 || ids[at] !== 0) return
      ids[at] = id
      stack.push(at)
    }
    reach(seed)
    for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
      count++
      const i = at % nx
      const j = Math.floor(at / nx) % ny
      const k = Math.floor(at / slice)
      if (i > 0) reach(at - 1)
      if (i < nx - 1) reach(at + 1)
      if (j > 0) reach(at - nx)
      if (j < ny - 1) reach(at + nx)
      if (k > 0) reach(at - slice)
      if (k < nz - 1) reach(at + slice)
    }
    counts.push(count)
  }
  return { ids, counts }
}

/** Null where the map does not hold the label. */
export function editIslands(
  voxels: LabelVoxels,
  mapSize: Vector3,
  label: number,
  rule: IslandRule,
): LabelDelta | null {
  const region = cutOut(voxels, mapSize, label)
  if (region === null) return null
  const { ids, counts } = connectedComponents(region.mask, region.size)
  let chosen = 0
  if (rule.kind === 'keep-one' || rule.kind === 'remove-one') {
    forEachVoxel(region, mapSize, (at, index) => {
      if (index === rule.index) chosen = ids[at] ?? 0
    })
    if (chosen === 0) return null
  }
  const largest = counts.indexOf(counts.reduce((most, count) => Math.max(most, count), 0))
  const stays = counts.map((count, id) => {
    if (id === 0) return false
    if (rule.kind === 'keep-largest') return id === largest
    if (rule.kind === 'keep-one') return id === chosen
    if (rule.kind === 'remove-one') return id !== chosen
    return count >= rule.leastVoxels
  })
  const mask = region.mask.map((_, at) => (stays[ids[at] ?? 0] ? 1 : 0))
  return reshaped(voxels, mapSize, label, { ...region, mask })
}
