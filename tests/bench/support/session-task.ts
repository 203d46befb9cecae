import { type PhantomOutput } from '../../../native-workers/contract/operations/phantom.js'

/** What the child process is to do. */
export type SessionTask =
  | { readonly kind: 'phantom'; readonly folder: string; readonly spacingMm: number }
  | { readonly kind: 'work'; readonly files: PhantomOutput; readonly threads: number }

/** What it answers to `work`. */
export interface SessionFigures {
  readonly readSeconds: number
  readonly registerSeconds: number
  readonly secondsPerPhase: Readonly<Record<string, number>>
  readonly renders: number
  readonly verdict: string
  readonly errorMm: number
  /** Of every live picture. */
  readonly previewMs: readonly number[]
  readonly peakBytes: number
}
