import type { Job } from '../../stores/jobs.js'

export const jobsText = {
  title: 'Jobs',
  button: (running: number) => (running === 0 ? 'Jobs' : `Jobs: ${running} running`),
  empty: 'Nothing has run in this session.',
  clearEnded: 'Clear ended',
  nothingEnded: 'No job has ended.',
  cancel: 'Cancel',
  cancelling: 'Cancelling',
  waiting: 'Waiting',
  ahead: (count: number) => (count === 1 ? 'After the job before it' : `After ${count} jobs before it`),
  log: 'Log',
  remaining: (time: string) => `${time} left`,
  waits: 'Waiting for the job before it',
  states: {
    waiting: 'Waiting',
    running: 'Running',
    done: 'Done',
    failed: 'Failed',
    cancelled: 'Cancelled',
  } satisfies Record<Job['state']['kind'], string>,
  register: (xrays: string) => `Register: ${xrays}`,
  openVolume: (name: string) => `Open: ${name}`,
} as const
