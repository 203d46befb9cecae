import { describe, expect, it } from 'vitest'
import type { OperationName } from '../../native-workers/contract/operations/index.js'
import type { Job } from '../stores/jobs.js'
import { inQueueOrder } from './job-order.js'

const job = (id: number, operation: OperationName, kind: 'running' | 'done'): Job => ({
  id,
  title: '',
  operation,
  startedAtMs: id,
  state: kind === 'done' ? { kind, endedAtMs: 9 } : { kind, progress: null, cancelling: false },
  log: [],
})

describe('inQueueOrder', () => {
  it('lists what runs, what waits for it in its order, and then what has ended', () => {
    const newestFirst = [
      job(5, 'evaluate-registration', 'running'),
      job(4, 'save-registration', 'running'),
      job(3, 'register', 'running'),
      job(2, 'crop', 'running'),
      job(1, 'info', 'done'),
    ]
    expect(inQueueOrder(newestFirst).map(({ job: { id }, ahead }) => [id, ahead])).toEqual([
      [2, 0],
      [3, 1],
      [4, 0],
      [5, 2],
      [1, 0],
    ])
  })
})
