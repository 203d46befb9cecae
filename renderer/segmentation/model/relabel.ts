import type { LabelVoxels } from '../../labels/label-map.js'
import { DeltaBuilder, type LabelDelta } from './delta.js'

/** New numbers of labels, 0 to delete one; labels that are not named keep theirs. All change at once. */
export type LabelChanges = readonly (readonly [from: number, to: number])[]

export function relabel(voxels: LabelVoxels, changes: LabelChanges): LabelDelta {
  const table = Uint16Array.from({ length: 65536 }, (_, label) => label)
  for (const [from, to] of changes) table[from] = to
  const delta = new DeltaBuilder()
  for (let index = 0; index < voxels.length; index++) {
    const before = voxels[index] ?? 0
    if (before !== 0) delta.add(index, before, table[before] ?? 0)
  }
  return delta.build()
}

/** Every label from `first` to `last` that the map holds, `by` numbers further. */
export function shiftChanges(
  present: readonly number[],
  first: number,
  last: number,
  by: number,
): LabelChanges {
  return present
    .filter((label) => label >= first && label <= last)
    .map((label): readonly [number, number] => [label, label + by])
}

/** Numbers that would be given to a label while another, which keeps it, has it. */
export function collisions(present: readonly number[], changes: LabelChanges): number[] {
  const moved = new Set(changes.map(([from]) => from))
  const stays = new Set(present.filter((label) => !moved.has(label)))
  return [...new Set(changes.map(([, to]) => to).filter((to) => stays.has(to)))]
}
