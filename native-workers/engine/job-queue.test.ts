import { describe, expect, it } from 'vitest'
import { JobQueue, type JobRequest } from './job-queue.js'

function job(id: string, name = 'register', input: unknown = {}, client = 'window'): JobRequest {
  return { id, name, input, client }
}

function preview(id: string, client = 'window'): JobRequest {
  return job(id, 'render-drr', { quality: 'preview' }, client)
}

function recordingQueue(): { queue: JobQueue; log: string[]; finish: (id: string) => Promise<void> } {
  const log: string[] = []
  const finishers = new Map<string, () => void>()
  const queue = new JobQueue({
    run: async (started) => {
      log.push(`start ${started.id}`)
      return new Promise((resolve) => finishers.set(started.id, resolve))
    },
    abort: (id) => log.push(`abort ${id}`),
    refuse: (id, error) => log.push(`refuse ${id} ${error.code}`),
  })
  const finish = async (id: string): Promise<void> => {
    finishers.get(id)?.()
    await Promise.resolve()
    await Promise.resolve()
  }
  return { queue, log, finish }
}

describe('JobQueue', () => {
  it('runs heavy jobs one after the other, in the order of their arrival', async () => {
    const { queue, log, finish } = recordingQueue()
    queue.add(job('a'))
    queue.add(job('b', 'open-volume'))
    queue.add(job('c', 'render-drr', { quality: 'full' }))
    expect(log).toEqual(['start a'])
    await finish('a')
    await finish('b')
    expect(log).toEqual(['start a', 'start b', 'start c'])
  })

  it('starts previews and light jobs while a heavy job runs', () => {
    const { queue, log } = recordingQueue()
    queue.add(job('heavy'))
    queue.add(preview('p'))
    queue.add(job('i', 'info'))
    expect(log).toEqual(['start heavy', 'start p', 'start i'])
  })

  it('runs a training beside everything else, and the next training after it', async () => {
    const { queue, log, finish } = recordingQueue()
    queue.add(job('t1', 'train'))
    queue.add(job('t2', 'restart-training'))
    queue.add(job('heavy'))
    queue.add(job('r', 'read-training'))
    expect(log).toEqual(['start t1', 'start heavy', 'start r'])
    await finish('t1')
    expect(log.slice(3)).toEqual(['start t2'])
  })

  it('keeps only the newest waiting preview of each client', async () => {
    const { queue, log, finish } = recordingQueue()
    queue.add(preview('p1'))
    queue.add(preview('p2'))
    queue.add(preview('q1', 'other view'))
    queue.add(preview('p3'))
    expect(log).toEqual(['start p1', 'refuse p2 cancelled'])
    await finish('p1')
    await finish('q1')
    expect(log.slice(2)).toEqual(['start q1', 'start p3'])
  })

  it('refuses a cancelled job that waits, aborts one that runs and ignores one that is done', async () => {
    const { queue, log, finish } = recordingQueue()
    queue.add(job('a'))
    queue.add(job('b'))
    queue.cancel('b')
    queue.cancel('a')
    await finish('a')
    queue.cancel('a')
    queue.cancel('never seen')
    expect(log).toEqual(['start a', 'refuse b cancelled', 'abort a'])
  })

  it('refuses a second job of the same id', () => {
    const { queue, log } = recordingQueue()
    queue.add(job('a'))
    queue.add(job('a', 'info'))
    expect(log).toEqual(['start a', 'refuse a input-invalid'])
  })
})
