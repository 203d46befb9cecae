import { z } from 'zod'
import { type TrainingMeasurement } from './training/measurement.js'

/** One report of a running operation. `fraction` is null while the amount of work is unknown. */
export const progressSchema = z.object({
  phase: z.string(),
  fraction: z.number().min(0).max(1).nullable(),
  message: z.string(),
  elapsedMs: z.number().nonnegative(),
  remainingMs: z.number().nonnegative().nullable(),
})
export type Progress = z.infer<typeof progressSchema>

/** An 8-bit or float picture that an operation shows while it runs; row-major, top row first. */
export interface Picture {
  readonly name: string
  readonly width: number
  readonly height: number
  readonly pixels: Float32Array | Uint8Array | Uint16Array
}

/** What every operation gets beside its input. */
export interface OperationContext {
  readonly signal: AbortSignal
  readonly onProgress: (progress: Progress) => void
  /** Live pictures and measurements, e.g. the DRR and the similarity of each iteration. */
  readonly onEvent: (event: LiveEvent) => void
}

/** Something worth showing while the operation still runs. */
export type LiveEvent =
  /** Its turn in the queue has come; told by the queue itself, not for previews. */
  | { readonly kind: 'started' }
  | { readonly kind: 'picture'; readonly picture: Picture }
  | { readonly kind: 'log'; readonly message: string }
  | {
      readonly kind: 'iteration'
      readonly stage: string
      readonly renders: number
      readonly similarity: number
      readonly worldFromVolume: readonly (readonly number[])[]
    }
  /** One step, validation or checkpoint of a training. */
  | { readonly kind: 'training'; readonly measurement: TrainingMeasurement }

/** One operation: a pure asynchronous function of its validated input. */
export type Operation<Input, Output> = (input: Input, context: OperationContext) => Promise<Output>
