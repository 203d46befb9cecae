import type { VolumeGrid } from '../../native-workers/contract/operations/volume.js'
import type { Surface } from './display-volume.js'

export type VolumeWorkerRequest =
  | { readonly kind: 'open'; readonly url: string; readonly grid: VolumeGrid; readonly surfaceSide: number }
  | { readonly kind: 'surface'; readonly threshold: number }

export type VolumeWorkerReply =
  | { readonly kind: 'opened'; readonly voxels: Int16Array<ArrayBuffer>; readonly suggestedThreshold: number }
  | { readonly kind: 'surface'; readonly threshold: number; readonly surface: Surface }
  | { readonly kind: 'failed'; readonly message: string }
