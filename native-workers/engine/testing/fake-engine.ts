import { throwIfCancelled, UserError } from '../../contract/errors.js'
import type { InfoOutput } from '../../contract/operations/volume.js'
import { startEngine } from '../start-engine.js'

function told(title: string): InfoOutput {
  return { kind: 'other', title, facts: [], issues: [] }
}

/**
 * A real engine process whose `info` misbehaves as its path says, whose `train` holds its thread until it is
 * cancelled, and whose `render-drr` answers with the pixels
 * 0, 1, 2 and so on; for tests of the supervisor.
 */
void startEngine(
  () =>
    Promise.resolve({
      info: async ({ path }, { signal, onProgress, onEvent }) => {
        switch (path) {
          case 'wait for cancel':
            onProgress({ phase: 'waiting', fraction: 0.5, message: '', elapsedMs: 0, remainingMs: null })
            throwIfCancelled(signal)
            await new Promise((_, reject) => {
              signal.addEventListener('abort', () => reject(new Error('aborted')))
            })
            break
          case 'block until cancel':
            while (!signal.aborted) {
              onProgress({ phase: 'blocking', fraction: null, message: '', elapsedMs: 0, remainingMs: null })
            }
            return Promise.reject(new Error('aborted'))
          case 'block forever':
            onProgress({ phase: 'blocking', fraction: null, message: '', elapsedMs: 0, remainingMs: null })
            for (;;);
          case 'user error':
            throw new UserError('file-truncated', 'The file ends early.', 'Copy it again.')
          case 'defect':
            throw new TypeError('secret is undefined')
          case 'exit':
            setImmediate(() => {
              throw new Error('fatal: the compute thread broke')
            })
            await new Promise(() => undefined)
        }
        onEvent({
          kind: 'picture',
          picture: { name: 'drr', width: 2, height: 1, pixels: Float32Array.of(0.5, 1) },
        })
        return told(path)
      },
      train: async (_, { signal, onProgress }) => {
        while (!signal.aborted) {
          onProgress({ phase: 'training', fraction: null, message: '', elapsedMs: 0, remainingMs: null })
        }
        return Promise.reject(new Error('aborted'))
      },
      'release-memory': () => Promise.resolve({}),
      'render-drr': ({ camera }) => {
        const { width, height } = camera.imageSize
        const pixels = new Float32Array(width * height).map((_, index) => index)
        return Promise.resolve({ width, height, pixels, milliseconds: 0, warnings: [] })
      },
    }),
  new URL(import.meta.url),
)
