import { describe, expect, it } from 'vitest'
import { type DataThreadListener, workerThread } from '../../native-workers/training/batches/data-thread.js'
import { localBatchSource } from '../../native-workers/training/batches/local-batch-source.js'
import { PrefetchingBatchSource } from '../../native-workers/training/batches/prefetching-batch-source.js'
import { phantomSettings, phantomSubject } from '../../native-workers/training/testing/phantom-subject.js'

/** The worker of the built engine, which unit tests, running from source, can't start. */
const entry = new URL('../../out/engine/batch-thread.js', import.meta.url)
const onBuiltThread = (listener: DataThreadListener) => workerThread(entry, listener)
const subjects = [phantomSubject({ labels: true })]
const settings = { ...phantomSettings, silhouettes: true }

describe('the built thread that renders X-rays', () => {
  it('makes the batches of the calling thread, bit for bit', async () => {
    const local = await localBatchSource(subjects, settings, 1)
    const source = new PrefetchingBatchSource(subjects, settings, { threads: 2, start: onBuiltThread })
    for (const index of [0, 1, 2, 3, 9]) expect(await source.batch(index)).toEqual(await local.batch(index))
    await source.dispose()
    await local.dispose()
  })

  it('ends at once when it is disposed of, whatever it was asked for', async () => {
    const source = new PrefetchingBatchSource(subjects, settings, {
      threads: 2,
      ahead: 200,
      start: onBuiltThread,
    })
    const waiting = expect(source.batch(0)).rejects.toMatchObject({ code: 'cancelled' })
    await source.dispose()
    await waiting
  })

  it('says so when it can’t be started', async () => {
    const missing = new URL('../../out/engine/no-such-thread.js', import.meta.url)
    const source = new PrefetchingBatchSource(subjects, settings, {
      threads: 1,
      start: (listener) => workerThread(missing, listener),
    })
    await expect(source.batch(0)).rejects.toThrow(/no-such-thread|Cannot find/)
    await source.dispose()
  })
})
