import { UserError } from '../../contract/errors.js'
import { fromWireError } from '../../contract/wire-error.js'
import { type SubjectVolume } from '../rendering/subject-volume.js'
import { type BatchSettings, type BatchSource, type DataBatch } from './data-batch.js'
import { type DataThread, type DataThreadListener, startDataThread } from './data-thread.js'
import { type FromDataThread } from './data-thread-messages.js'

export interface PrefetchOptions {
  /** Threads that render, the worker's own included. */
  readonly threads: number
  /** Batches made ahead of the one asked for; bounds the memory. */
  readonly ahead?: number
  readonly start?: (listener: DataThreadListener) => DataThread
}

interface Pending {
  readonly index: number
  readonly promise: Promise<DataBatch>
  readonly settle: (made: DataBatch | Error) => void
}

/**
 * Batches rendered and augmented on a thread of their own while the caller trains. They are those that the calling thread
 * would make, bit for bit; asking for them in their order keeps the thread ahead. What goes wrong there is thrown by
 * `batch`.
 */
export class PrefetchingBatchSource implements BatchSource {
  readonly #thread: DataThread
  readonly #ahead: number
  /** In the order in which they were asked of the thread. */
  #pending: Pending[] = []
  /** Answers still to come, abandoned requests among them. */
  readonly #unanswered: Pending[] = []
  #waiting = 0
  #failure: Error | undefined

  constructor(subjects: readonly SubjectVolume[], settings: BatchSettings, options: PrefetchOptions) {
    this.#ahead = options.ahead ?? 2
    this.#thread = (options.start ?? startDataThread)({
      onMessage: (message) => this.#receive(message),
      onFailure: (error) => this.#fail(error),
    })
    this.#thread.hold(false)
    this.#thread.post({ kind: 'start', subjects, settings, threads: options.threads })
  }

  async batch(index: number): Promise<DataBatch> {
    if (this.#failure !== undefined) throw this.#failure
    this.#pending = this.#pending.filter((pending) => pending.index >= index)
    const [wanted] = Array.from({ length: this.#ahead + 1 }, (_, n) => this.#request(index + n))
    this.#hold(1)
    try {
      return await wanted.promise
    } finally {
      this.#hold(-1)
    }
  }

  async dispose(): Promise<void> {
    this.#fail(new UserError('cancelled', 'The training’s X-rays are no longer made.'))
    await this.#thread.stop()
  }

  #request(index: number): Pending {
    const found = this.#pending.find((pending) => pending.index === index)
    if (found !== undefined) return found
    const pending = pendingBatch(index)
    this.#pending.push(pending)
    this.#unanswered.push(pending)
    this.#thread.post({ kind: 'make', index })
    return pending
  }

  #receive(message: FromDataThread): void {
    const pending = this.#unanswered.shift()
    pending?.settle(message.kind === 'made' ? message.batch : fromWireError(message.error))
  }

  #fail(error: Error): void {
    this.#failure ??= error
    for (const pending of this.#unanswered.splice(0)) pending.settle(this.#failure)
  }

  /** Only whoever waits for a batch needs the process to live on. */
  #hold(by: 1 | -1): void {
    this.#waiting += by
    this.#thread.hold(this.#waiting > 0)
  }
}

function pendingBatch(index: number): Pending {
  let settle: Pending['settle'] = () => undefined
  const promise = new Promise<DataBatch>((resolve, reject) => {
    settle = (made) => (made instanceof Error ? reject(made) : resolve(made))
  })
  // Nobody may be waiting for it yet.
  promise.catch(() => undefined)
  return { index, promise, settle }
}
