import { type MessagePort } from 'node:worker_threads'
import { toWireError } from '../../contract/wire-error.js'
import { SubjectRenderer } from '../rendering/subject-renderer.js'
import { BatchMaker } from './batch-maker.js'
import { type FromDataThread, type ToDataThread } from './data-thread-messages.js'

/** Makes batches on the calling thread as a port asks for them; ends with the port. */
export function serveBatches(port: MessagePort): void {
  let renderer: SubjectRenderer | undefined
  let maker: Promise<BatchMaker> | undefined
  const start = async ({ subjects, settings, threads }: Extract<ToDataThread, { kind: 'start' }>) => {
    renderer = await SubjectRenderer.create(subjects, settings.detector, threads)
    return new BatchMaker(renderer, settings)
  }
  const answer = async (index: number): Promise<void> => {
    try {
      if (maker === undefined) throw new Error('A batch was asked for before the subjects were there.')
      const batch = (await maker).make(index)
      // The other arrays may serve the next batch as well.
      port.postMessage({ kind: 'made', batch } satisfies FromDataThread, [batch.xrays.buffer as ArrayBuffer])
    } catch (error) {
      port.postMessage({ kind: 'failed', error: toWireError(error) } satisfies FromDataThread)
    }
  }
  port.on('message', (message: ToDataThread) => {
    if (message.kind === 'make') void answer(message.index)
    else {
      maker = start(message)
      // Whoever asks for a batch is told.
      maker.catch(() => undefined)
    }
  })
  port.on('close', () => renderer?.dispose())
}
