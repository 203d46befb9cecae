import { defineStore } from 'pinia'
import { computed, shallowRef, triggerRef } from 'vue'
import type { OperationName, OperationOutput } from '../../native-workers/contract/operations/index.js'
import type { LiveEvent, Progress } from '../../native-workers/contract/progress.js'
import type { RunningOperation, WindowRequest } from '../../native-workers/contract/window/bridge.js'
import type { Outcome, WireError } from '../../native-workers/contract/wire-error.js'

/** How a job goes, or went. */
export type JobState =
  /** The engine does one long job after the other; this one's turn has not come. */
  | { readonly kind: 'waiting'; readonly cancelling: boolean }
  | { readonly kind: 'running'; readonly progress: Progress | null; readonly cancelling: boolean }
  | { readonly kind: 'done' | 'cancelled'; readonly endedAtMs: number }
  | { readonly kind: 'failed'; readonly endedAtMs: number; readonly error: WireError }

export interface Job {
  readonly id: number
  /** What a person calls it, e.g. "Crop: right femur". */
  readonly title: string
  readonly operation: OperationName
  /** When it began to run; while it waits, when it was asked for. */
  readonly startedAtMs: number
  readonly state: JobState
  readonly log: readonly string[]
}

export interface JobOptions {
  readonly title: string
  readonly onProgress?: (progress: Progress) => void
  readonly onEvent?: (event: LiveEvent) => void
}

export interface StartedJob<Output> extends RunningOperation<Output> {
  readonly id: number
}

/** Lines of a job's log that are kept. */
const logLimit = 200

/** Everything long that the person started in this session, newest first. */
export const useJobsStore = defineStore('jobs', () => {
  const jobs = shallowRef<Job[]>([])
  const cancels = new Map<number, () => void>()
  let nextId = 1

  /** Those that have not ended, whether or not their turn has come. */
  const running = computed(() => jobs.value.filter(isUnderWay))

  function change(id: number, part: Partial<Pick<Job, 'state' | 'log' | 'startedAtMs'>>): void {
    const index = jobs.value.findIndex((job) => job.id === id)
    if (index < 0) return
    jobs.value[index] = { ...jobs.value[index], ...part }
    triggerRef(jobs)
  }

  const find = (id: number): Job | undefined => jobs.value.find((job) => job.id === id)

  /** The job's turn has come. */
  function begin(id: number): void {
    const state = find(id)?.state
    if (state?.kind !== 'waiting') return
    const { cancelling } = state
    change(id, { startedAtMs: Date.now(), state: { kind: 'running', progress: null, cancelling } })
  }

  /** Starts an operation as a job that the list shows. The answer is the operation's own. */
  function start<Name extends OperationName>(
    name: Name,
    request: WindowRequest<Name>,
    { title, onProgress, onEvent }: JobOptions,
  ): StartedJob<OperationOutput<Name>> {
    const id = nextId++
    const state: JobState = { kind: 'waiting', cancelling: false }
    jobs.value = [{ id, title, operation: name, startedAtMs: Date.now(), state, log: [] }, ...jobs.value]
    const operation = window.isocenter.run(name, request, {
      onProgress: (progress) => {
        begin(id)
        const job = find(id)
        if (job?.state.kind === 'running') change(id, { state: { ...job.state, progress } })
        onProgress?.(progress)
      },
      onEvent: (event) => {
        if (event.kind === 'started') begin(id)
        const job = find(id)
        if (event.kind === 'log' && job !== undefined) {
          change(id, { log: [...job.log, event.message].slice(-logLimit) })
        }
        onEvent?.(event)
      },
    })
    cancels.set(id, operation.cancel)
    const promise = operation.promise.then((outcome) => {
      cancels.delete(id)
      change(id, { state: endState(outcome) })
      return outcome
    })
    return { id, promise, cancel: () => cancel(id) }
  }

  /** `start` for those who only wait for the answer. */
  function run<Name extends OperationName>(
    name: Name,
    request: WindowRequest<Name>,
    options: JobOptions,
  ): Promise<Outcome<OperationOutput<Name>>> {
    return start(name, request, options).promise
  }

  function cancel(id: number): void {
    const job = find(id)
    if (job?.state.kind !== 'waiting' && job?.state.kind !== 'running') return
    change(id, { state: { ...job.state, cancelling: true } })
    cancels.get(id)?.()
  }

  /** Takes ended jobs off the list. */
  function clearEnded(): void {
    jobs.value = running.value.slice()
  }

  return { jobs, running, start, run, cancel, clearEnded }
})

const isUnderWay = ({ state }: Job): boolean => state.kind === 'waiting' || state.kind === 'running'

function endState(outcome: Outcome<unknown>): JobState {
  const endedAtMs = Date.now()
  if (outcome.ok) return { kind: 'done', endedAtMs }
  if (outcome.error.code === 'cancelled') return { kind: 'cancelled', endedAtMs }
  return { kind: 'failed', endedAtMs, error: outcome.error }
}
