import type { LabelRuns } from '../../../native-workers/contract/operations/save-labels.js'
import type { LabelVoxels } from '../../labels/label-map.js'
import { DeltaBuilder } from './delta.js'

/** The whole map as runs of its labels; what is left out is empty. */
export function labelRuns(voxels: LabelVoxels): LabelRuns {
  const builder = new DeltaBuilder()
  for (let index = 0; index < voxels.length; index++) builder.add(index, 0, voxels[index] ?? 0)
  const { starts, lengths, after } = builder.build()
  return { starts, lengths, labels: after }
}
