import type { UserError } from '../contract/errors.js'
import { laneOf } from '../contract/operations/lanes.js'
import type { FromEngine } from '../contract/wire/messages.js'
import { ComputeClient } from './compute-client.js'
import type { JobRequest, JobRunner } from './job-queue.js'

/**
 * The thread that computes, and one for trainings, started with the first of them: a training step holds its thread
 * for a second or more, which would delay previews and registrations. Either thread keeps volumes of its own.
 */
export class ComputeThreads implements JobRunner {
  private readonly general: ComputeClient
  private training: ComputeClient | null = null

  /** As `ComputeClient`. */
  constructor(
    private readonly entry: URL,
    private readonly send: (message: FromEngine) => void,
    private readonly onFailure: (reason: string) => void,
  ) {
    this.general = new ComputeClient(entry, send, onFailure)
  }

  run(job: JobRequest): Promise<void> {
    if (laneOf(job.name, job.input) === 'training') return this.trainingThread().run(job)
    if (job.name === 'release-memory') this.training?.tell(job)
    return this.general.run(job)
  }

  abort(id: string): void {
    this.general.abort(id)
    this.training?.abort(id)
  }

  refuse(id: string, error: UserError): void {
    this.general.refuse(id, error)
  }

  /** The engine said that it is ready when its first thread was. */
  private trainingThread(): ComputeClient {
    this.training ??= new ComputeClient(
      this.entry,
      (message) => {
        if (message.type !== 'ready') this.send(message)
      },
      this.onFailure,
    )
    return this.training
  }
}
