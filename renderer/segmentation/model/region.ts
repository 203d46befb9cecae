import type { Vector3 } from '../../../native-workers/contract/matrix.js'
import type { LabelVoxels } from '../../labels/label-map.js'
import { DeltaBuilder, type LabelDelta } from './delta.js'

/** One label cut out of a map: 1 where it is, over a box of voxels that starts at `first`; i fastest. */
export interface Region {
  readonly first: Vector3
  readonly size: Vector3
  readonly mask: Uint8Array
}

/** Voxels of space around the label along i, j, k, as far as the map reaches. */
export function cutOut(
  voxels: LabelVoxels,
  mapSize: Vector3,
  label: number,
  margin: Vector3 = [1, 1, 1],
): Region | null {
  const box = labelBox(voxels, mapSize, label)
  if (box === null) return null
  const low = (axis: 0 | 1 | 2): number => Math.max(0, box.first[axis] - margin[axis])
  const high = (axis: 0 | 1 | 2): number => Math.min(mapSize[axis] - 1, box.last[axis] + margin[axis])
  const first: Vector3 = [low(0), low(1), low(2)]
  const size: Vector3 = [high(0) - first[0] + 1, high(1) - first[1] + 1, high(2) - first[2] + 1]
  const mask = new Uint8Array(size[0] * size[1] * size[2])
  forEachVoxel({ first, size }, mapSize, (at, index) => {
    if (voxels[index] === label) mask[at] = 1
  })
  return { first, size, mask }
}

/** Visits a region's voxels in ascending order, by their place in the region and in the map. */
export function forEachVoxel(
  { first, size }: Pick<Region, 'first' | 'size'>,
  mapSize: Vector3,
  visit: (at: number, index: number) => void,
): void {
  let at = 0
  for (let k = 0; k < size[2]; k++) {
    for (let j = 0; j < size[1]; j++) {
      let index = ((first[2] + k) * mapSize[1] + first[1] + j) * mapSize[0] + first[0]
      for (let i = 0; i < size[0]; i++) visit(at++, index++)
    }
  }
}

/** The edit that gives a label the form of `mask`: what it loses becomes empty, and it takes empty voxels only. */
export function reshaped(
  voxels: LabelVoxels,
  mapSize: Vector3,
  label: number,
  { first, size, mask }: Region,
): LabelDelta {
  const delta = new DeltaBuilder()
  forEachVoxel({ first, size }, mapSize, (at, index) => {
    const before = voxels[index] ?? 0
    if (mask[at] === 1) {
      if (before === 0) delta.add(index, 0, label)
    } else if (before === label) delta.add(index, label, 0)
  })
  return delta.build()
}

function labelBox(
  voxels: LabelVoxels,
  [nx, ny, nz]: Vector3,
  label: number,
): { first: Vector3; last: Vector3 } | null {
  const low = [nx, ny, nz] as [number, number, number]
  const high: [number, number, number] = [-1, -1, -1]
  for (let k = 0; k < nz; k++) {
    for (let j = 0; j < ny; j++) {
      const row = (k * ny + j) * nx
      let start = 0
      while (start < nx && voxels[row + start] !== label) start++
      if (start === nx) continue
      let end = nx - 1
      while (voxels[row + end] !== label) end--
      low[0] = Math.min(low[0], start)
      high[0] = Math.max(high[0], end)
      low[1] = Math.min(low[1], j)
      high[1] = Math.max(high[1], j)
      low[2] = Math.min(low[2], k)
      high[2] = k
    }
  }
  return high[2] < 0 ? null : { first: low, last: high }
}
