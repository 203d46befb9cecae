import type { Progress } from '../contract/progress.js'

/** Below this share of the work an extrapolation says nothing. */
const smallestTrustedFraction = 0.03

/** Completes an operation's reports with the time since its start and an estimate of the time left. */
export class ProgressMeter {
  private readonly startedMs: number

  /** `now` is a monotonic clock in milliseconds. */
  constructor(private readonly now: () => number) {
    this.startedMs = now()
  }

  /** An operation's own estimate of `remainingMs` is kept. */
  complete(progress: Progress): Progress {
    const elapsedMs = this.now() - this.startedMs
    return {
      ...progress,
      elapsedMs,
      remainingMs: progress.remainingMs ?? estimate(progress.fraction, elapsedMs),
    }
  }
}

function estimate(fraction: number | null, elapsedMs: number): number | null {
  if (fraction === null || fraction < smallestTrustedFraction) return null
  return (elapsedMs * (1 - Math.min(fraction, 1))) / fraction
}
