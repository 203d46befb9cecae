import type { IslandRule } from './islands.js'
import type { LogicOperation } from './logic.js'
import type { LabelDelta } from './delta.js'
import type { MeasuredLabel } from './measure.js'
import type { LabelChanges } from './relabel.js'
import type { Scissors } from './scissors.js'
import type { Threshold } from './threshold.js'

/** One change of the label map that the worker makes, each undone as a whole. */
export type LabelEdit =
  /** The window has painted these voxels already. */
  | { readonly kind: 'stroke'; readonly voxels: Uint32Array<ArrayBuffer>; readonly label: number }
  | {
      readonly kind: 'threshold'
      readonly label: number
      readonly threshold: Threshold
      /** Where the CT's voxels on the same grid are fetched from. */
      readonly volumeUrl: string
    }
  | { readonly kind: 'islands'; readonly label: number; readonly rule: IslandRule }
  | { readonly kind: 'margin'; readonly label: number; readonly mm: number }
  | { readonly kind: 'fill-holes'; readonly label: number }
  | { readonly kind: 'smooth'; readonly label: number; readonly radiusMm: number }
  | { readonly kind: 'relabel'; readonly changes: LabelChanges }
  | { readonly kind: 'scissors'; readonly scissors: Scissors }
  | {
      readonly kind: 'logic'
      readonly operation: LogicOperation
      readonly label: number
      /** A label of another map on the same grid. */
      readonly other: number
      readonly map: LabelCopy
      /** Where it is not null, a union takes voxels of this label alone. */
      readonly onlyOver: number | null
    }
  | { readonly kind: 'undo' }
  | { readonly kind: 'redo' }

/** Where the voxels of a label map are fetched from. */
export interface LabelCopy {
  readonly url: string
  readonly bytesPerVoxel: 1 | 2
}

export type EditKind = LabelEdit['kind']

/** What an edit changed, and what the map holds now. */
export interface EditOutcome {
  /** What the window has to write into its own copy; null where there is nothing. */
  readonly delta: LabelDelta | null
  readonly changedVoxels: number
  readonly labels: readonly MeasuredLabel[]
  readonly history: HistoryState
}

export interface HistoryState {
  readonly undoCount: number
  readonly redoCount: number
  /** Tells states of the map apart. */
  readonly stateId: number
}

export const emptyHistory: HistoryState = { undoCount: 0, redoCount: 0, stateId: 0 }
