import type { Progress } from '../../native-workers/contract/progress.js'

/** When a run is expected to end, as estimated when it last advanced; `performance.now()` milliseconds. */
export interface ExpectedEnd {
  readonly fraction: number
  readonly endsAtMs: number
}

/**
 * The expectation after a report. Reports that show no advance leave it as it was: their own estimates only grow with
 * the time that passes.
 */
export function expectedEnd(
  before: ExpectedEnd | null,
  { fraction, remainingMs }: Progress,
  nowMs: number,
): ExpectedEnd | null {
  if (fraction === null || remainingMs === null) return null
  return before?.fraction === fraction ? before : { fraction, endsAtMs: nowMs + remainingMs }
}

/** Milliseconds left; null while unknown, and once the expectation has passed. */
export function remainingMs(expected: ExpectedEnd | null, nowMs: number): number | null {
  return expected === null || expected.endsAtMs <= nowMs ? null : expected.endsAtMs - nowMs
}
