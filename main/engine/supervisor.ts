import type { EngineStatus } from '../../native-workers/contract/engine-status.js'
import { UserError } from '../../native-workers/contract/errors.js'
import type { OperationName, OperationOutput } from '../../native-workers/contract/operations/index.js'
import { parseOperationOutput } from '../../native-workers/contract/operations/parse-input.js'
import { fromWireError } from '../../native-workers/contract/wire-error.js'
import type { FromEngine } from '../../native-workers/contract/wire/messages.js'
import { EngineProcess, type EngineCommand } from './engine-process.js'
import type { JobHandlers, PendingJob } from './pending-job.js'
import { defaultRestartPolicy, type RestartPolicy } from './restart-policy.js'

export interface SupervisorOptions {
  readonly command: EngineCommand
  /** A line for the log file. */
  readonly log: (line: string) => void
  readonly policy?: Partial<RestartPolicy>
}

export interface JobOptions extends JobHandlers {
  readonly id: string
  /** Who asks: of one client's waiting previews the engine keeps only the newest. */
  readonly client: string
}

/**
 * Keeps one engine process alive: starts it, hands it jobs, says in words why it ended, and starts it again.
 * Knows nothing of Electron.
 */
export class EngineSupervisor {
  private readonly policy: RestartPolicy
  private readonly jobs = new Map<string, PendingJob>()
  private readonly listeners = new Set<(status: EngineStatus) => void>()
  private engine: EngineProcess | null = null
  private current: EngineStatus = { state: 'stopped', reason: 'The engine was not started yet.' }
  private attempt = 0
  private timer: NodeJS.Timeout | undefined

  constructor(private readonly options: SupervisorOptions) {
    this.policy = { ...defaultRestartPolicy, ...options.policy }
  }

  get status(): EngineStatus {
    return this.current
  }

  /** Calls back on every change of the status; returns the unsubscriber. */
  onStatus(listener: (status: EngineStatus) => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  /** Starts the engine when it is stopped; otherwise does nothing. */
  start(): void {
    if (this.current.state !== 'stopped') return
    this.attempt = 1
    this.enter({ state: 'starting' })
    this.spawn()
  }

  /**
   * Runs one operation. While the engine starts, the job waits. Rejects with the operation's `UserError`, with
   * `engine-lost` when the process ended under the job or can't be started, or with another `Error` for a defect.
   */
  async run<Name extends OperationName>(
    name: Name,
    input: unknown,
    { id, client, ...handlers }: JobOptions,
  ): Promise<OperationOutput<Name>> {
    if (this.current.state === 'stopped') throw lost(this.current.reason)
    if (this.jobs.has(id)) throw new Error(`A job "${id}" is already under way.`)
    const output = await new Promise<unknown>((resolve, reject) => {
      const job: PendingJob = { id, name, input, client, handlers, resolve, reject, sent: false }
      this.jobs.set(id, job)
      if (this.current.state === 'ready') this.send(job)
    })
    return parseOperationOutput(name, output)
  }

  /** Asks a job to end; one that does not within the grace time is ended with its engine. */
  cancel(id: string): void {
    const job = this.jobs.get(id)
    const engine = this.engine
    if (job === undefined) return
    if (!job.sent || engine === null) {
      this.settle(id)?.reject(cancelled())
      return
    }
    engine.send({ type: 'cancel', id })
    setTimeout(() => {
      if (this.jobs.get(id) !== job) return
      this.settle(id)?.reject(cancelled())
      engine.kill('The engine was restarted because an operation did not end when it was cancelled.')
    }, this.policy.cancelGraceMs).unref()
  }

  /** Ends the engine for good; pending jobs are rejected with `reason`. */
  stop(reason: string): void {
    clearTimeout(this.timer)
    this.enter({ state: 'stopped', reason })
    this.rejectAll(reason, () => true)
    this.engine?.kill(reason)
    this.engine = null
  }

  /** Ends the process as a crash would. */
  crashForTest(): void {
    this.engine?.crashForTest()
  }

  private spawn(): void {
    const engine: EngineProcess = new EngineProcess(this.options.command, {
      onMessage: (message) => {
        if (this.engine === engine) this.receive(message)
      },
      onOutput: this.options.log,
      onEnd: (reason) => {
        if (this.engine === engine) this.handleEnd(reason)
      },
    })
    this.engine = engine
    this.timer = setTimeout(
      () => engine.kill('The engine did not become ready in time.'),
      this.policy.readyTimeoutMs,
    )
  }

  private receive(message: FromEngine): void {
    switch (message.type) {
      case 'ready':
        clearTimeout(this.timer)
        this.attempt = 0
        this.enter({ state: 'ready', pid: message.pid, nodeVersion: message.nodeVersion })
        for (const job of this.jobs.values()) this.send(job)
        break
      case 'progress':
        this.jobs.get(message.id)?.handlers.onProgress?.(message.progress)
        break
      case 'event':
        this.jobs.get(message.id)?.handlers.onEvent?.(message.event)
        break
      case 'reply':
        this.settle(message.id)?.resolve(message.output)
        break
      case 'error':
        this.settle(message.id)?.reject(fromWireError(message.error))
        break
      case 'log':
        this.options.log(`${message.level}: ${message.message}`)
        break
    }
  }

  private handleEnd(reason: string): void {
    clearTimeout(this.timer)
    this.engine = null
    this.options.log(reason)
    this.enter({ state: 'lost', reason })
    this.rejectAll(reason, (job) => job.sent)
    if (this.attempt >= this.policy.maximumAttempts) {
      this.enter({ state: 'stopped', reason })
      this.rejectAll(reason, () => true)
      return
    }
    this.attempt += 1
    this.enter({ state: 'restarting', reason, attempt: this.attempt })
    this.timer = setTimeout(() => this.spawn(), this.policy.delayMs(this.attempt))
  }

  private send(job: PendingJob): void {
    const { id, name, input, client } = job
    job.sent = true
    try {
      this.engine?.send({ type: 'request', id, name, input, client })
    } catch (error) {
      this.settle(id)?.reject(error instanceof Error ? error : new Error(String(error)))
    }
  }

  private settle(id: string): PendingJob | undefined {
    const job = this.jobs.get(id)
    this.jobs.delete(id)
    return job
  }

  private rejectAll(reason: string, isMeant: (job: PendingJob) => boolean): void {
    for (const job of [...this.jobs.values()].filter(isMeant)) this.settle(job.id)?.reject(lost(reason))
  }

  private enter(status: EngineStatus): void {
    this.current = status
    for (const listener of this.listeners) listener(status)
  }
}

function lost(reason: string): UserError {
  return new UserError('engine-lost', `The operation did not finish. ${reason}`, 'Run it again.')
}

function cancelled(): UserError {
  return new UserError('cancelled', 'The operation was cancelled; nothing was written.')
}
