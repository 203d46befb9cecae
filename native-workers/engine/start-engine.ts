import { isMainThread, MessagePort, parentPort, workerData } from 'node:worker_threads'
import { ComputeThreads } from './compute-threads.js'
import { runComputeThread } from './compute-thread.js'
import { openEngineWire } from './engine-wire.js'
import { JobQueue } from './job-queue.js'
import type { OperationRegistry } from './operation-registry.js'

const exitCodes = { malformedMessage: 65, computeThreadFailed: 70 } as const

/**
 * Runs the engine process: the main thread keeps the wire and the queue, threads started from the same
 * `entry` compute. Ends with the pipe, so that no engine outlives its application.
 */
export async function startEngine(
  loadOperations: () => Promise<Partial<OperationRegistry>>,
  entry: URL,
): Promise<void> {
  if (isMainThread) {
    serve(entry)
    return
  }
  const cancels: unknown = workerData
  if (parentPort === null || !(cancels instanceof MessagePort)) {
    throw new Error('The compute thread was started without its ports.')
  }
  runComputeThread(await loadOperations(), parentPort, cancels)
}

function serve(entry: URL): void {
  const wire = openEngineWire(
    (message) => (message.type === 'request' ? queue.add(message) : queue.cancel(message.id)),
    (malformed) => {
      if (malformed === null) endWithApplication()
      else fail(exitCodes.malformedMessage, `The application sent a malformed message: ${malformed}`)
    },
  )
  const compute = new ComputeThreads(
    entry,
    (message) => wire.send(message),
    (reason) => fail(exitCodes.computeThreadFailed, reason),
  )
  const queue = new JobQueue(compute)
}

/** The last line on the error output is what the application shows as the reason. */
function fail(code: number, reason: string): never {
  console.error(reason)
  process.exit(code)
}

/** `process.exit` would wait for a compute thread that may be deep in native code. */
function endWithApplication(): void {
  process.kill(process.pid, 'SIGKILL')
}
