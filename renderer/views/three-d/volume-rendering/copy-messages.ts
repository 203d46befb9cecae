import type { Vector2 } from '../../../../native-workers/contract/matrix.js'
import type { VolumeGrid } from '../../../../native-workers/contract/operations/volume.js'
import type { CopyLimits } from './rendering-copy.js'

export interface CopyRequest {
  /** The CT's display copy: int16 voxels on `grid`. */
  readonly url: string
  readonly grid: VolumeGrid
  readonly limits: CopyLimits
  /** Values that the bytes stand for. */
  readonly range: Vector2
}

export type CopyReply =
  | { readonly kind: 'made'; readonly grid: VolumeGrid; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'failed'; readonly message: string }
