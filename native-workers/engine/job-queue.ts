import { UserError } from '../contract/errors.js'
import { laneOf, type Lane } from '../contract/operations/lanes.js'

/** A request as it came over the wire; `client` is who asks, e.g. one view of the window. */
export interface JobRequest {
  readonly id: string
  readonly name: string
  readonly input: unknown
  readonly client: string
}

/** What the queue drives. */
export interface JobRunner {
  /** Starts a job and settles, always without rejecting, once it was answered. */
  run(job: JobRequest): Promise<void>
  /** Asks a running job to end soon. */
  abort(id: string): void
  /** Answers a job that never started. */
  refuse(id: string, error: UserError): void
}

/** Decides which job runs when: see `laneOf`. Of a client's waiting previews only the newest is kept. */
export class JobQueue {
  private readonly waiting: Record<Lane, JobRequest[]> = { preview: [], light: [], heavy: [], training: [] }
  private readonly running: Record<Lane, JobRequest | null> = {
    preview: null,
    light: null,
    heavy: null,
    training: null,
  }

  constructor(private readonly runner: JobRunner) {}

  add(job: JobRequest): void {
    if (this.has(job.id)) {
      this.runner.refuse(
        job.id,
        new UserError('input-invalid', `A job called "${job.id}" is already under way.`),
      )
      return
    }
    const lane = laneOf(job.name, job.input)
    if (lane === 'preview') this.dropOlderPreviews(job.client)
    this.waiting[lane].push(job)
    this.startNext(lane)
  }

  /** A waiting job is refused with `cancelled`, a running one aborted; an unknown or finished one is ignored. */
  cancel(id: string): void {
    for (const lane of lanes) {
      if (this.running[lane]?.id === id) this.runner.abort(id)
      if (!this.waiting[lane].some((job) => job.id === id)) continue
      this.waiting[lane] = this.waiting[lane].filter((job) => job.id !== id)
      this.runner.refuse(id, new UserError('cancelled', 'The operation was cancelled before it started.'))
    }
  }

  private has(id: string): boolean {
    return lanes.some(
      (lane) => this.running[lane]?.id === id || this.waiting[lane].some((job) => job.id === id),
    )
  }

  private dropOlderPreviews(client: string): void {
    const older = this.waiting.preview.filter((job) => job.client === client)
    this.waiting.preview = this.waiting.preview.filter((job) => job.client !== client)
    for (const job of older) {
      this.runner.refuse(job.id, new UserError('cancelled', 'A newer preview took the place of this one.'))
    }
  }

  private startNext(lane: Lane): void {
    if (this.running[lane] !== null) return
    const job = this.waiting[lane].shift()
    if (job === undefined) return
    this.running[lane] = job
    void this.runner.run(job).then(() => {
      this.running[lane] = null
      this.startNext(lane)
    })
  }
}

const lanes: readonly Lane[] = ['preview', 'light', 'heavy', 'training']
