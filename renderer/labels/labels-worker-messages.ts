import type { OpenedLabel } from '../../native-workers/contract/operations/open-labels.js'
import type { LabelRuns } from '../../native-workers/contract/operations/save-labels.js'
import type { VolumeGrid } from '../../native-workers/contract/operations/volume.js'
import type { Surface } from '../data/display-volume.js'
import type { EditOutcome, LabelEdit } from '../segmentation/model/edits.js'
import type { LabelVoxels } from './label-map.js'

export type LabelsWorkerRequest =
  | {
      readonly kind: 'open'
      readonly url: string
      readonly bytesPerVoxel: 1 | 2
      readonly grid: VolumeGrid
      /** Longest side, in blocks of voxels, that a surface is made from. */
      readonly surfaceSide: number
    }
  | { readonly kind: 'surface'; readonly label: OpenedLabel }
  | { readonly kind: 'edit'; readonly edit: LabelEdit }
  | { readonly kind: 'runs' }

export type LabelsWorkerReply =
  | { readonly kind: 'opened'; readonly voxels: LabelVoxels }
  | { readonly kind: 'surface'; readonly surface: Surface }
  | { readonly kind: 'edited'; readonly outcome: EditOutcome }
  | { readonly kind: 'runs'; readonly runs: LabelRuns }
  | { readonly kind: 'failed'; readonly message: string }
