import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { RunOptions } from '../../native-workers/contract/window/bridge.js'
import type { Outcome } from '../../native-workers/contract/wire-error.js'
import { useJobsStore } from './jobs.js'

const cancel = vi.fn()
let end: (outcome: Outcome<unknown>) => void = () => undefined
let given: RunOptions = {}

beforeEach(() => {
  setActivePinia(createPinia())
  vi.stubGlobal('window', {
    isocenter: {
      run: (_name: string, _request: unknown, options: RunOptions) => {
        given = options
        return { promise: new Promise((resolve) => (end = resolve)), cancel }
      },
    },
  })
})
afterEach(() => {
  vi.unstubAllGlobals()
  cancel.mockReset()
})

const input = { path: 'ct.nii.gz' }

describe('the list of jobs', () => {
  it('follows a job from its start over progress and log to its end', async () => {
    const jobs = useJobsStore()
    const job = jobs.start('info', input, { title: 'Info' })
    expect(jobs.running).toHaveLength(1)
    expect(jobs.jobs[0]?.state.kind).toBe('waiting')
    given.onEvent?.({ kind: 'started' })
    const progress = { phase: 'a', message: 'b', fraction: 0.5, elapsedMs: 1, remainingMs: 1 }
    given.onProgress?.(progress)
    given.onEvent?.({ kind: 'log', message: 'one' })
    expect(jobs.jobs[0]).toMatchObject({ state: { kind: 'running', progress }, log: ['one'] })
    end({ ok: true, output: null })
    await job.promise
    expect(jobs.jobs[0]?.state.kind).toBe('done')
    jobs.clearEnded()
    expect(jobs.jobs).toEqual([])
  })

  it('cancels once, from the list as from the one that started it', async () => {
    const jobs = useJobsStore()
    const job = jobs.start('info', input, { title: 'Info' })
    job.cancel()
    expect(cancel).toHaveBeenCalledTimes(1)
    expect(jobs.jobs[0]?.state).toMatchObject({ cancelling: true })
    end({ ok: false, error: { code: 'cancelled', message: '', hint: '' } })
    expect((await job.promise).ok).toBe(false)
    expect(jobs.jobs[0]?.state.kind).toBe('cancelled')
    job.cancel()
    expect(cancel).toHaveBeenCalledTimes(1)
  })

  it('counts the time of a job from when its turn came', () => {
    const jobs = useJobsStore()
    const first = jobs.start('info', input, { title: 'First' })
    given.onEvent?.({ kind: 'started' })
    const second = jobs.start('info', input, { title: 'Second' })
    expect(jobs.running.map(({ id }) => id)).toEqual([second.id, first.id])
    expect(jobs.jobs.map(({ state }) => state.kind)).toEqual(['waiting', 'running'])
    const askedAtMs = jobs.jobs[0]?.startedAtMs ?? NaN
    given.onProgress?.({ phase: 'a', message: 'b', fraction: null, elapsedMs: 0, remainingMs: null })
    expect(jobs.jobs[0]?.state.kind).toBe('running')
    expect(jobs.jobs[0]?.startedAtMs).toBeGreaterThanOrEqual(askedAtMs)
  })

  it('keeps the error of a job that failed', async () => {
    const jobs = useJobsStore()
    const error = { code: 'output-unwritable', message: 'It can not be written.', hint: '' } as const
    const answer = jobs.run('info', input, { title: 'Info' })
    end({ ok: false, error })
    await answer
    expect(jobs.jobs[0]?.state).toMatchObject({ kind: 'failed', error })
  })
})
