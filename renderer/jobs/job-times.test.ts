import { describe, expect, it } from 'vitest'
import type { Job } from '../stores/jobs.js'
import { elapsedMs, percentDone, remainingMs } from './job-times.js'

const base = { id: 1, title: 'Crop: femur', operation: 'crop', startedAtMs: 1000, log: [] } as const
const running = (fraction: number | null, left: number | null, cancelling = false): Job => ({
  ...base,
  state: {
    kind: 'running',
    cancelling,
    progress: { phase: 'cut', message: 'Cutting', fraction, elapsedMs: 0, remainingMs: left },
  },
})
const done: Job = { ...base, state: { kind: 'done', endedAtMs: 3500 } }

describe('the times of a job', () => {
  it('run on until it ends', () => {
    expect(elapsedMs(running(0.5, null), 2000)).toBe(1000)
    expect(elapsedMs(done, 9000)).toBe(2500)
  })

  it('tell what is left by the operation’s own estimate, else by the share that is done', () => {
    expect(remainingMs(running(0.25, 700), 2000)).toBe(700)
    expect(remainingMs(running(0.25, null), 2000)).toBe(3000)
  })

  it('tell nothing where nothing is known', () => {
    expect(remainingMs(running(null, null), 2000)).toBeNull()
    expect(remainingMs(running(0.01, null), 2000)).toBeNull()
    expect(remainingMs(running(0.5, 100, true), 2000)).toBeNull()
    expect(remainingMs(done, 9000)).toBeNull()
    expect(percentDone(running(null, null))).toBeNull()
    expect(percentDone(running(0.4, null))).toBe(40)
  })
})
