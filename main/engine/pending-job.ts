import type { LiveEvent, Progress } from '../../native-workers/contract/progress.js'

export interface JobHandlers {
  readonly onProgress?: (progress: Progress) => void
  readonly onEvent?: (event: LiveEvent) => void
}

/** A job that the application waits for. It survives in the table until it was answered. */
export interface PendingJob {
  readonly id: string
  readonly name: string
  readonly input: unknown
  readonly client: string
  readonly handlers: JobHandlers
  readonly resolve: (output: unknown) => void
  readonly reject: (error: Error) => void
  /** False while the engine is not ready; such a job outlives a restart. */
  sent: boolean
}
