import type { LabelVoxels } from '../../labels/label-map.js'
import { DeltaBuilder, type LabelDelta } from './delta.js'

export type LogicOperation = 'union' | 'intersection' | 'subtraction'

/**
 * A label combined with one of another map on the same grid, into the label. A union takes what else the other has,
 * only over `onlyOver` where that is not null; the others only ever lose voxels.
 */
export function combineLabels(
  voxels: LabelVoxels,
  label: number,
  others: LabelVoxels,
  other: number,
  operation: LogicOperation,
  onlyOver: number | null,
): LabelDelta {
  const delta = new DeltaBuilder()
  for (let index = 0; index < voxels.length; index++) {
    const before = voxels[index] ?? 0
    const isOther = others[index] === other
    if (operation === 'union') {
      if (isOther && (onlyOver === null || before === onlyOver)) delta.add(index, before, label)
    } else if (before === label && isOther === (operation === 'subtraction')) {
      delta.add(index, label, 0)
    }
  }
  return delta.build()
}
