import { laneOf } from '../../native-workers/contract/operations/lanes.js'
import type { Job } from '../stores/jobs.js'

/** A job as the list shows it; `ahead` counts the jobs that it waits for, 0 while it runs or once it ended. */
export interface ListedJob {
  readonly job: Job
  readonly ahead: number
}

/**
 * What is under way in the order in which the engine takes it up, then what has ended, newest first. Jobs of one
 * lane run one after the other, in the order in which they were started.
 */
export function inQueueOrder(newestFirst: readonly Job[]): readonly ListedJob[] {
  const isUnderWay = ({ state }: Job): boolean => state.kind === 'waiting' || state.kind === 'running'
  const underWay = newestFirst.filter(isUnderWay).toReversed()
  const ended = newestFirst.filter((job) => !isUnderWay(job))
  const counts = new Map<string, number>()
  return [
    ...underWay.map((job) => {
      const lane = laneOf(job.operation, null)
      const ahead = counts.get(lane) ?? 0
      counts.set(lane, ahead + 1)
      return { job, ahead }
    }),
    ...ended.map((job) => ({ job, ahead: 0 })),
  ]
}
