import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Outcome } from '../../native-workers/contract/wire-error.js'
import { useAutosave } from './autosave.js'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const good = (at: string): Promise<Outcome<string>> => Promise.resolve({ ok: true, output: at })

describe('useAutosave', () => {
  it('writes once for many changes, also while they go on', async () => {
    const save = vi.fn(() => good('noon'))
    const autosave = useAutosave(save)
    autosave.touch()
    await vi.advanceTimersByTimeAsync(300)
    autosave.touch()
    await vi.advanceTimersByTimeAsync(200)
    expect(save).toHaveBeenCalledTimes(1)
    expect(autosave.state.value).toEqual({ kind: 'saved', at: 'noon' })
  })

  it('is not saved while a change came during the write', async () => {
    let finish: (outcome: Outcome<string>) => void = () => undefined
    const autosave = useAutosave(() => new Promise((resolve) => (finish = resolve)))
    autosave.touch()
    const flushed = autosave.flush()
    autosave.touch()
    finish({ ok: true, output: 'early' })
    await flushed
    expect(autosave.state.value).toEqual({ kind: 'pending' })
  })

  it('says when a write failed, and tries again with the next change', async () => {
    const error = { code: 'output-unwritable', message: 'full', hint: '' } as const
    const outcomes: Outcome<string>[] = [
      { ok: false, error },
      { ok: true, output: 'later' },
    ]
    const autosave = useAutosave(() => Promise.resolve(outcomes.shift() ?? { ok: false, error }))
    autosave.touch()
    await autosave.flush()
    expect(autosave.state.value).toEqual({ kind: 'failed', error })
    autosave.touch()
    await autosave.flush()
    expect(autosave.state.value).toEqual({ kind: 'saved', at: 'later' })
  })
})
