import type { Vector3 } from '../../../native-workers/contract/matrix.js'
import type { VolumeGrid } from '../../../native-workers/contract/operations/volume.js'
import { volumeFromIndex } from '../../geometry/grid.js'
import type { LabelVoxels } from '../../labels/label-map.js'
import { DeltaBuilder, type LabelDelta } from './delta.js'

/** Where a threshold counts. */
export type ThresholdScope =
  | { readonly kind: 'everywhere' }
  | { readonly kind: 'label'; readonly label: number }
  /** Between two corners, LPS mm. */
  | { readonly kind: 'box'; readonly minMm: Vector3; readonly maxMm: Vector3 }

export interface Threshold {
  /** CT values from `low` to `high`, both included. */
  readonly low: number
  readonly high: number
  readonly scope: ThresholdScope
  /** Whether voxels of other labels are taken too; those of the scope's own label always are. */
  readonly replacesOthers: boolean
}

export const isWithin = (point: Vector3, minMm: Vector3, maxMm: Vector3): boolean =>
  point.every((value, axis) => value >= (minMm[axis] ?? 0) && value <= (maxMm[axis] ?? 0))

/** Whether a voxel of this label takes part, wherever it lies. */
export function takesPart(before: number, { scope, replacesOthers }: Threshold): boolean {
  return scope.kind === 'label' ? before === scope.label : before === 0 || replacesOthers
}

/** Gives `label` to what the threshold takes; `values` are the CT's on the same grid. */
export function editThreshold(
  voxels: LabelVoxels,
  values: Int16Array,
  grid: VolumeGrid,
  label: number,
  threshold: Threshold,
): LabelDelta {
  const { low, high, scope } = threshold
  const toMm = volumeFromIndex(grid)
  const [nx, ny] = grid.size
  const delta = new DeltaBuilder()
  const pointMm = (index: number): Vector3 => {
    const i = index % nx
    const j = Math.floor(index / nx) % ny
    const k = Math.floor(index / (nx * ny))
    const along = (row: 0 | 1 | 2): number =>
      toMm[row][0] * i + toMm[row][1] * j + toMm[row][2] * k + toMm[row][3]
    return [along(0), along(1), along(2)]
  }
  for (let index = 0; index < voxels.length; index++) {
    const value = values[index] ?? 0
    if (value < low || value > high) continue
    const before = voxels[index] ?? 0
    if (!takesPart(before, threshold)) continue
    if (scope.kind === 'box' && !isWithin(pointMm(index), scope.minMm, scope.maxMm)) continue
    delta.add(index, before, label)
  }
  return delta.build()
}
