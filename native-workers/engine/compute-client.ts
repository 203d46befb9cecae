import { MessageChannel, Worker } from 'node:worker_threads'
import type { UserError } from '../contract/errors.js'
import { laneOf } from '../contract/operations/lanes.js'
import { toWireError } from '../contract/wire-error.js'
import type { FromEngine } from '../contract/wire/messages.js'
import type { JobRequest, JobRunner } from './job-queue.js'

/** The near end of a compute thread: hands it jobs and passes on what it says. */
export class ComputeClient implements JobRunner {
  private readonly worker: Worker
  private readonly cancels = new MessageChannel()
  private readonly finishers = new Map<string, () => void>()
  private readonly told = new Set<string>()

  /**
   * `entry` is the module whose non-main-thread side calls `runComputeThread` with `workerData` as its port for cancels.
   * `onFailure` hears of a thread that ended, which it never does by itself.
   */
  constructor(
    entry: URL,
    private readonly send: (message: FromEngine) => void,
    onFailure: (reason: string) => void,
  ) {
    const { port2 } = this.cancels
    this.worker = new Worker(entry, { workerData: port2, transferList: [port2] })
    this.worker.on('message', (message: FromEngine) => this.receive(message))
    this.worker.on('error', (error: Error) => {
      console.error(error.stack)
      onFailure(error.message)
    })
    this.worker.on('exit', (code) => onFailure(`The compute thread ended with code ${code}.`))
  }

  run(job: JobRequest): Promise<void> {
    return new Promise((resolve) => {
      this.finishers.set(job.id, resolve)
      if (laneOf(job.name, job.input) !== 'preview')
        this.send({ type: 'event', id: job.id, event: { kind: 'started' } })
      this.worker.postMessage(job)
    })
  }

  /** Hands over a job that another thread answers. */
  tell(job: JobRequest): void {
    const id = `${job.id} told`
    this.told.add(id)
    this.worker.postMessage({ ...job, id })
  }

  abort(id: string): void {
    this.cancels.port1.postMessage(id)
  }

  refuse(id: string, error: UserError): void {
    this.send({ type: 'error', id, error: toWireError(error) })
  }

  private receive(message: FromEngine): void {
    const isAnswer = message.type === 'reply' || message.type === 'error'
    if (isAnswer && this.told.delete(message.id)) return
    this.send(message)
    if (!isAnswer) return
    this.finishers.get(message.id)?.()
    this.finishers.delete(message.id)
  }
}
