import { type WireError } from '../../contract/wire-error.js'
import { type SubjectVolume } from '../rendering/subject-volume.js'
import { type BatchSettings, type DataBatch } from './data-batch.js'

/** To the thread that makes batches: first what to draw from, then one index after the other. */
export type ToDataThread =
  | {
      readonly kind: 'start'
      readonly subjects: readonly SubjectVolume[]
      readonly settings: BatchSettings
      readonly threads: number
    }
  | { readonly kind: 'make'; readonly index: number }

/** Answers come in the order of the requests. */
export type FromDataThread =
  | { readonly kind: 'made'; readonly batch: DataBatch }
  | { readonly kind: 'failed'; readonly error: WireError }
