import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { LiveEvent } from '../../native-workers/contract/progress.js'
import type { RunOptions } from '../../native-workers/contract/window/bridge.js'
import type { Outcome } from '../../native-workers/contract/wire-error.js'
import { useJobsStore } from '../stores/jobs.js'
import { useUnsavedStore } from '../stores/unsaved.js'
import { useWorkflowStore } from '../stores/workflow.js'
import { defaultTrainForm } from './train-form.js'
import { settingsOfForm } from './train-settings.js'
import { useTrainingStore } from './training-store.js'

// Stores of the views ask for the graphics card, which tests have none of.
vi.mock('../composables/graphics.js', () => ({ graphics: { kind: 'none' } }))

const asked: { name: string; request: unknown }[] = []
let end: (outcome: Outcome<unknown>) => void = () => undefined
let tell: (event: LiveEvent) => void = () => undefined
const cancel = vi.fn()

beforeEach(() => {
  vi.useFakeTimers()
  setActivePinia(createPinia())
  asked.length = 0
  cancel.mockReset()
  vi.stubGlobal('window', {
    isocenter: {
      run: (name: string, request: unknown, options?: RunOptions) => {
        asked.push({ name, request })
        if (options?.onEvent !== undefined) tell = options.onEvent
        return { promise: new Promise((resolve) => (end = resolve)), cancel }
      },
    },
  })
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const configuration = {
  subjects: [{ name: 'ct', volume: { path: '/ct.nii' }, weight: 1 }],
  ...settingsOfForm(defaultTrainForm),
}
const step = (iteration: number): LiveEvent => ({
  kind: 'training',
  measurement: {
    kind: 'step',
    iteration,
    totalIterations: 100,
    subject: 'ct',
    loss: 1,
    parts: {},
    learningRate: 1e-3,
    kept: 8,
    batchSize: 8,
    skipped: 0,
    samplesPerSecond: 1,
    elapsedMs: 1,
    remainingMs: 1,
  },
})
const output = {
  folder: '/out/t',
  iteration: 100,
  lastCheckpoint: '/out/t/0002.json',
  bestCheckpoint: '/out/t/0001.json',
  medianMtreMm: 8,
  skipped: 0,
  device: 'CPU',
  notes: [],
}
const cancelled: Outcome<unknown> = { ok: false, error: { code: 'cancelled', message: '', hint: '' } }

async function begin() {
  const training = useTrainingStore()
  const running = training.start('train', { configuration, folder: '/out/t' })
  tell(step(25))
  await vi.advanceTimersByTimeAsync(1000)
  return { training, running }
}

describe('a training in the window', () => {
  it('runs as a job of the rail, with its share, and ends with its checkpoints', async () => {
    const { training, running } = await begin()
    const workflow = useWorkflowStore()
    expect(useJobsStore().running).toHaveLength(1)
    expect([workflow.statusOf('train'), workflow.progressOf('train')]).toEqual(['running', 0.25])
    expect(training.missing).not.toBeNull()
    end({ ok: true, output })
    await running
    expect(training.state).toMatchObject({ kind: 'ended', result: { bestCheckpoint: '/out/t/0001.json' } })
    await vi.advanceTimersByTimeAsync(0)
    expect([workflow.statusOf('train'), workflow.progressOf('train')]).toEqual(['done', null])
    expect(training.folder).toBe('/out/t')
  })

  it('pauses and goes on from its folder with the curves that it has', async () => {
    const { training, running } = await begin()
    training.pause()
    expect(training.state).toMatchObject({ kind: 'running', pausing: true })
    expect(cancel).toHaveBeenCalledOnce()
    end(cancelled)
    await running
    expect(training.state.kind).toBe('paused')
    void training.goOn()
    expect(asked.at(-1)).toEqual({ name: 'restart-training', request: { checkpoint: '/out/t' } })
    expect(training.trace.points).toHaveLength(1)
  })

  it('can go on after the engine was lost', async () => {
    const { training, running } = await begin()
    end({ ok: false, error: { code: 'engine-lost', message: 'Lost.', hint: '' } })
    await running
    expect(training.state).toMatchObject({ kind: 'failed', folder: '/out/t' })
    void training.goOn()
    expect(asked.at(-1)?.name).toBe('restart-training')
  })

  it('is asked about before the window closes, which may wait for a checkpoint', async () => {
    const { running } = await begin()
    const unsaved = useUnsavedStore()
    expect(unsaved.hasWork('training')).toBe(true)
    const mayClose = unsaved.mayLose('training')
    expect(unsaved.asked).toBe('training')
    const saved = unsaved.save()
    end(cancelled)
    await Promise.all([saved, running])
    expect(await mayClose).toBe(true)
    expect(unsaved.hasWork('training')).toBe(false)
  })

  it('outlasts its patient, and is shown again when that is opened', async () => {
    const { training, running } = await begin()
    training.forget()
    expect([training.isRunning, training.folder]).toEqual([true, null])
    expect(await training.find('/out/t')).toBe(true)
    expect(training.folder).toBe('/out/t')
    training.forget()
    end({ ok: true, output })
    await running
    expect(training.state.kind).toBe('none')
  })

  it('finds one of an earlier session, which goes on where it is not finished', async () => {
    const training = useTrainingStore()
    const found = training.find('/old')
    const checkpoint = { iteration: 50, medianMtreMm: null }
    const measurements = [{ kind: 'checkpoint', iteration: 50, path: '/old/0050.json', isBest: true }]
    const read = {
      folder: '/old',
      checkpoint,
      checkpointPath: '/old/0050.json',
      measurements,
      isFinished: false,
    }
    end({ ok: true, output: read })
    expect(await found).toBe(true)
    expect(training.state).toMatchObject({ kind: 'paused', folder: '/old' })
    const ended = training.endHere()
    end({ ok: true, output: read })
    await ended
    expect(training.state).toMatchObject({
      kind: 'ended',
      result: { iteration: 50, bestCheckpoint: '/old/best.json' },
    })
  })
})
