import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { UserError } from '../contract/errors.js'
import type { InfoInput, InfoOutput } from '../contract/operations/volume.js'
import type { LiveEvent, Operation, Progress } from '../contract/progress.js'
import { runWithRegistry } from './run-with-registry.js'

const information: InfoOutput = { kind: 'other', title: 'A file', facts: [], issues: [] }
const step = { message: '', elapsedMs: 0, remainingMs: null }

async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => null,
    (error: unknown) => error,
  )
}

describe('runWithRegistry', () => {
  it('gives the operation its input with defaults and returns its output', async () => {
    const seen: unknown[] = []
    const output = await runWithRegistry(
      {
        phantom: (input) => {
          seen.push(input)
          return Promise.resolve({ volume: 'v', labels: 'l', landmarks: 'p', views: [] })
        },
      },
      'phantom',
      { folder: '/data' },
    )
    expect(seen).toEqual([{ folder: '/data', seed: 0, spacingMm: 1.5 }])
    expect(output).toEqual({ volume: 'v', labels: 'l', landmarks: 'p', views: [] })
  })

  it('refuses an invalid input in words before the operation starts', async () => {
    let started = false
    const info: Operation<InfoInput, InfoOutput> = () => {
      started = true
      return Promise.resolve(information)
    }
    const error = await failureOf(runWithRegistry({ info }, 'info', { path: '' }))
    expect(error).toMatchObject({ code: 'input-invalid' })
    expect(String(error)).toMatch(/"info" is not valid: path: /)
    expect(started).toBe(false)
  })

  it('reports a defect when the output breaks the contract', async () => {
    const identity = [
      [1, 0, 0, 0],
      [0, 1, 0, 0],
      [0, 0, 1, 0],
      [0, 0, 0, 1],
    ]
    const errors = { mTreMm: NaN, maxTreMm: 0, rotationErrorDeg: 0, translationErrorMm: 0, views: [] }
    const error = await failureOf(
      runWithRegistry(
        { 'evaluate-pose': () => Promise.resolve({ ...errors, 'xvr-mTRE (compat)': null }) },
        'evaluate-pose',
        {
          estimate: identity,
          truth: identity,
          points: { schema: 'isocenter/points@1', frame: 'LPS', points: [] },
        },
      ),
    )
    expect(String(error)).toMatch(/outside of its contract: mTreMm: /)
    expect(error).toBeInstanceOf(Error)
    expect(error).not.toBeInstanceOf(UserError)
  })

  it('fills the elapsed and remaining times of progress and passes events on', async () => {
    const progress: Progress[] = []
    const events: LiveEvent[] = []
    await runWithRegistry(
      {
        info: async (_, { onProgress, onEvent }) => {
          onProgress({ phase: 'reading', fraction: null, ...step })
          await new Promise((resolve) => setTimeout(resolve, 20))
          onProgress({ phase: 'reading', fraction: 0.5, ...step })
          onProgress({ phase: 'reading', fraction: 1, ...step })
          onEvent({ kind: 'log', message: 'read' })
          return information
        },
      },
      'info',
      { path: 'x' },
      { onProgress: (report) => progress.push(report), onEvent: (event) => events.push(event) },
    )
    const [unknown, half, whole] = progress
    expect(unknown?.remainingMs).toBeNull()
    expect(half?.elapsedMs).toBeGreaterThan(0)
    expect(half?.remainingMs).toBeCloseTo(half?.elapsedMs ?? 0, 6)
    expect(whole?.remainingMs).toBe(0)
    expect(events).toEqual([{ kind: 'log', message: 'read' }])
  })

  it('ends a cancelled operation with the code "cancelled", whatever it threw', async () => {
    const controller = new AbortController()
    const running = runWithRegistry(
      {
        info: async (_, { signal }) =>
          new Promise((_resolve, reject) => {
            signal.addEventListener('abort', () => reject(new Error('AbortError: interrupted')))
          }),
      },
      'info',
      { path: 'x' },
      { signal: controller.signal },
    )
    controller.abort()
    expect(await failureOf(running)).toMatchObject({ code: 'cancelled' })
  })

  it('does not start an operation that was cancelled before', async () => {
    let started = false
    const info: Operation<InfoInput, InfoOutput> = () => {
      started = true
      return Promise.resolve(information)
    }
    const error = await failureOf(
      runWithRegistry({ info }, 'info', { path: 'x' }, { signal: AbortSignal.abort() }),
    )
    expect(error).toMatchObject({ code: 'cancelled' })
    expect(started).toBe(false)
  })

  it('turns an error of the file system into a sentence, and leaves other errors as they are', async () => {
    const missing = async () => {
      await readFile('/no such folder/größe.nii')
      return Promise.reject(new Error('read'))
    }
    expect(await failureOf(runWithRegistry({ info: missing }, 'info', { path: 'x' }))).toMatchObject({
      code: 'file-not-found',
      message: '"/no such folder/größe.nii" does not exist.',
    })
    const defect = new TypeError('x is undefined')
    const broken = async () => Promise.reject(defect)
    expect(await failureOf(runWithRegistry({ info: broken }, 'info', { path: 'x' }))).toBe(defect)
  })
})
