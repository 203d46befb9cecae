import type { WireError } from '../../native-workers/contract/wire-error.js'
import type { Progress } from '../../native-workers/contract/progress.js'

/** Where a piece of work stands; nothing else in the window says "busy". */
export type Task<Output> =
  | { readonly kind: 'idle' }
  | { readonly kind: 'running'; readonly startedAtMs: number; readonly progress: Progress | null }
  | { readonly kind: 'done'; readonly output: Output }
  | { readonly kind: 'failed'; readonly error: WireError }
  | { readonly kind: 'cancelled' }

export const idle = { kind: 'idle' } as const
