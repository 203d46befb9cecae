import { afterAll, describe, expect, it } from 'vitest'
import { UserError } from '../../contract/errors.js'
import { toWireError } from '../../contract/wire-error.js'
import { phantomSettings, phantomSubject } from '../testing/phantom-subject.js'
import { type DataThread, type DataThreadListener } from './data-thread.js'
import { type ToDataThread } from './data-thread-messages.js'
import { localBatchSource } from './local-batch-source.js'
import { PrefetchingBatchSource } from './prefetching-batch-source.js'

const subjects = [phantomSubject({ name: 'a' }), phantomSubject({ name: 'b' })]
const made: PrefetchingBatchSource[] = []
afterAll(() => Promise.all(made.map((source) => source.dispose())))
function sourceOf(start?: (listener: DataThreadListener) => DataThread): PrefetchingBatchSource {
  const source = new PrefetchingBatchSource(subjects, phantomSettings, { threads: 1, ahead: 2, start })
  made.push(source)
  return source
}

/** A thread that answers when told to. */
function scriptedThread() {
  const posted: ToDataThread[] = []
  let listener: DataThreadListener | undefined
  let stopped = false
  let held = true
  const start = (given: DataThreadListener): DataThread => {
    listener = given
    return {
      post: (message) => posted.push(message),
      hold: (hold) => {
        held = hold
      },
      stop: () => {
        stopped = true
        return Promise.resolve()
      },
    }
  }
  return {
    start,
    indices: () => posted.flatMap((message) => (message.kind === 'make' ? [message.index] : [])),
    isHeld: () => held,
    isStopped: () => stopped,
    fail: (error: Error) => listener?.onFailure(error),
    answerWith: (error: unknown) => listener?.onMessage({ kind: 'failed', error: toWireError(error) }),
  }
}

describe('PrefetchingBatchSource', () => {
  it('gives what the calling thread makes, also from another batch on', async () => {
    const local = await localBatchSource(subjects, phantomSettings, 1)
    const source = sourceOf()
    for (const index of [0, 1, 2, 7, 3]) expect(await source.batch(index)).toEqual(await local.batch(index))
    await local.dispose()
  })

  it('asks for a bounded number of batches ahead, each once and in order', () => {
    const thread = scriptedThread()
    const source = sourceOf(thread.start)
    const waiting = [source.batch(0), source.batch(1)]
    for (const promise of waiting) promise.catch(() => undefined)
    expect(thread.indices()).toEqual([0, 1, 2, 3])
  })

  it('keeps the process alive while somebody waits, no longer', async () => {
    const thread = scriptedThread()
    const source = sourceOf(thread.start)
    expect(thread.isHeld()).toBe(false)
    const waiting = source.batch(0)
    expect(thread.isHeld()).toBe(true)
    thread.answerWith(new UserError('values-invalid', 'No.'))
    await expect(waiting).rejects.toThrow('No.')
    expect(thread.isHeld()).toBe(false)
  })

  it('passes errors through to whoever asks for that batch, with their code', async () => {
    const thread = scriptedThread()
    const source = sourceOf(thread.start)
    const waiting = source.batch(0)
    thread.answerWith(new UserError('input-invalid', 'Too large.', 'Crop it.'))
    await expect(waiting).rejects.toMatchObject({ code: 'input-invalid', hint: 'Crop it.' })
  })

  it('fails for good when the thread ends, and when it is disposed of', async () => {
    const thread = scriptedThread()
    const source = sourceOf(thread.start)
    const waiting = source.batch(0)
    thread.fail(new Error('It ended.'))
    await expect(waiting).rejects.toThrow('It ended.')
    await expect(source.batch(1)).rejects.toThrow('It ended.')
    const other = scriptedThread()
    const disposed = sourceOf(other.start)
    const left = disposed.batch(0)
    const ended = expect(left).rejects.toMatchObject({ code: 'cancelled' })
    await disposed.dispose()
    await ended
    expect(other.isStopped()).toBe(true)
  })
})
