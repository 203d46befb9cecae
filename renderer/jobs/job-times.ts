import type { Job } from '../stores/jobs.js'

/** Milliseconds that a job has run, to its end or to `nowMs` (`Date.now()`); 0 while it waits. */
export function elapsedMs({ state, startedAtMs }: Job, nowMs: number): number {
  if (state.kind === 'waiting') return 0
  return Math.max(0, (state.kind === 'running' ? nowMs : state.endedAtMs) - startedAtMs)
}

/** The share that is done, 0..100; null while it is unknown. */
export function percentDone({ state }: Job): number | null {
  if (state.kind === 'waiting') return 0
  if (state.kind !== 'running') return 100
  const fraction = state.progress?.fraction ?? null
  return fraction === null ? null : fraction * 100
}

/** Milliseconds left: the operation's own estimate, else as long as the work took so far; null while unknown. */
export function remainingMs(job: Job, nowMs: number): number | null {
  if (job.state.kind !== 'running' || job.state.cancelling) return null
  const { progress } = job.state
  if (progress === null) return null
  if (progress.remainingMs !== null) return progress.remainingMs
  const { fraction } = progress
  if (fraction === null || fraction < 0.05) return null
  return (elapsedMs(job, nowMs) * (1 - fraction)) / fraction
}
