import { existsSync } from 'node:fs'
import { MessageChannel, Worker } from 'node:worker_threads'
import { type FromDataThread, type ToDataThread } from './data-thread-messages.js'
import { serveBatches } from './serve-batches.js'

/** What makes batches beside the caller. */
export interface DataThread {
  post(message: ToDataThread): void
  /** Keeps the process alive, or no longer. */
  hold(held: boolean): void
  stop(): Promise<void>
}

export interface DataThreadListener {
  readonly onMessage: (message: FromDataThread) => void
  /** The thread ended by itself. */
  readonly onFailure: (error: Error) => void
}

/**
 * Starts the worker of the bundle. Where the code runs from source, as in unit tests, Node can't start a TypeScript
 * module: the same messages are then served on the calling thread, between its other work.
 */
export function startDataThread(listener: DataThreadListener): DataThread {
  const entry = new URL('./batch-thread.js', import.meta.url)
  return existsSync(entry) ? workerThread(entry, listener) : sameThread(listener)
}

/** @param entry the built `batch-thread.ts` */
export function workerThread(entry: URL, { onMessage, onFailure }: DataThreadListener): DataThread {
  const worker = new Worker(entry)
  let stopping = false
  worker.on('message', onMessage)
  worker.on('error', onFailure)
  worker.on('exit', (code) => {
    if (!stopping) onFailure(new Error(`The thread that renders X-rays ended with code ${code}.`))
  })
  return {
    post: (message) => worker.postMessage(message),
    hold: (held) => (held ? worker.ref() : worker.unref()),
    stop: async () => {
      stopping = true
      await worker.terminate()
    },
  }
}

function sameThread({ onMessage }: DataThreadListener): DataThread {
  const { port1: near, port2: far } = new MessageChannel()
  serveBatches(far)
  near.on('message', onMessage)
  return {
    post: (message) => near.postMessage(message),
    hold: (held) => {
      for (const port of [near, far]) {
        if (held) port.ref()
        else port.unref()
      }
    },
    stop: () =>
      new Promise((resolve) => {
        near.once('close', resolve)
        near.ref()
        near.close()
      }),
  }
}
