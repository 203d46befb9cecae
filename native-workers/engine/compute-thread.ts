import { receiveMessageOnPort, type MessagePort } from 'node:worker_threads'
import { isOperationName } from '../contract/operations/parse-input.js'
import { toWireError } from '../contract/wire-error.js'
import type { FromEngine } from '../contract/wire/messages.js'
import type { JobRequest } from './job-queue.js'
import type { OperationRegistry } from './operation-registry.js'
import { runWithRegistry } from './run-with-registry.js'
import { Throttle } from './throttle.js'

const progressIntervalMs = 50
const pictureIntervalMs = 40

/**
 * The engine's computing side, in a thread of its own so that blocking decoding or rendering never delays the
 * answers on the wire. `jobs` brings `JobRequest`s and takes the answers; `cancels` brings ids. Since a long
 * operation may not yield to the event loop, `cancels` is also read at each of its progress reports.
 */
export function runComputeThread(
  registry: Partial<OperationRegistry>,
  jobs: MessagePort,
  cancels: MessagePort,
): void {
  const controllers = new Map<string, AbortController>()
  const cancel = (id: unknown): void => {
    if (typeof id === 'string') controllers.get(id)?.abort()
  }
  const readCancels = (): void => {
    for (let next = receiveMessageOnPort(cancels); next !== undefined; next = receiveMessageOnPort(cancels)) {
      cancel(next.message)
    }
  }
  cancels.on('message', cancel)
  jobs.on('message', (job: JobRequest) => {
    const controller = new AbortController()
    controllers.set(job.id, controller)
    void answer(registry, job, controller.signal, (message) => {
      jobs.postMessage(message)
      readCancels()
    }).finally(() => controllers.delete(job.id))
  })
  jobs.postMessage({ type: 'ready', pid: process.pid, nodeVersion: process.version } satisfies FromEngine)
}

async function answer(
  registry: Partial<OperationRegistry>,
  job: JobRequest,
  signal: AbortSignal,
  send: (message: FromEngine) => void,
): Promise<void> {
  const { id, name } = job
  const now = (): number => performance.now()
  const progressThrottle = new Throttle(progressIntervalMs, now)
  const pictureThrottle = new Throttle(pictureIntervalMs, now)
  let lastPhase: string | null = null
  try {
    if (!isOperationName(name)) throw new Error(`The engine knows no operation "${name}".`)
    const output = await runWithRegistry(registry, name, job.input, {
      signal,
      onProgress: (progress) => {
        const isMilestone = progress.phase !== lastPhase || progress.fraction === 1
        lastPhase = progress.phase
        if (progressThrottle.passes(isMilestone)) send({ type: 'progress', id, progress })
      },
      onEvent: (event) => {
        if (event.kind !== 'picture' || pictureThrottle.passes()) send({ type: 'event', id, event })
      },
    })
    send({ type: 'reply', id, output })
  } catch (error) {
    const wireError = toWireError(error)
    if (wireError.code === 'internal') {
      send({ type: 'log', level: 'error', message: `${name} (${id}): ${stackOf(error)}` })
    }
    send({ type: 'error', id, error: wireError })
  }
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
