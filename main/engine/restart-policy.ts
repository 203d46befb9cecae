/** How often and how soon an engine that ended is started again. */
export interface RestartPolicy {
  /** Attempts in a row that may fail before the engine says that it is ready. */
  readonly maximumAttempts: number
  /** Waiting time before the given attempt, counted from 1. */
  readonly delayMs: (attempt: number) => number
  /** An engine that is not ready by then is killed and counts as failed. */
  readonly readyTimeoutMs: number
  /** A cancelled operation that has not ended by then costs the engine its life. */
  readonly cancelGraceMs: number
}

export const defaultRestartPolicy: RestartPolicy = {
  maximumAttempts: 3,
  delayMs: (attempt) => 250 * 2 ** (attempt - 1),
  readyTimeoutMs: 30_000,
  cancelGraceMs: 10_000,
}
