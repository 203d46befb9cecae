import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Outcome, WireError } from '../../../native-workers/contract/wire-error.js'
import { useHistoryStore } from '../../history/history-store.js'
import { useEngineStore } from '../../stores/engine.js'
import { useJobsStore } from '../../stores/jobs.js'
import { useMessagesStore } from '../../stores/messages.js'
import { useOutputFolderStore } from '../../stores/output-folder.js'
import { usePatientSessionStore } from '../../stores/patient-session.js'
import { useVolumeStore } from '../../stores/volume.js'
import { useWorkflowStore } from '../../stores/workflow.js'
import { useCleanStore } from '../clean/store.js'

// Stores of the views ask for the graphics card, which tests have none of.
vi.mock('../../composables/graphics.js', () => ({ graphics: { kind: 'none' } }))

let end: (outcome: Outcome<unknown>) => void = () => undefined
const requests: unknown[] = []
const cancel = vi.fn()
const output = {
  labels: [],
  absent: [],
  others: [],
  warnings: [],
  path: '/out/clean/seg_cleaned.nii.gz',
  isUpToDate: false,
}

beforeEach(() => {
  setActivePinia(createPinia())
  requests.length = 0
  cancel.mockReset()
  vi.stubGlobal('window', {
    isocenter: {
      run: (_name: string, request: unknown) => {
        requests.push(request)
        return { promise: new Promise((resolve) => (end = resolve)), cancel }
      },
    },
  })
  useEngineStore().status = { state: 'ready', pid: 1, nodeVersion: '20' }
  useOutputFolderStore().set('/out')
  useVolumeStore().labels = { path: '/a/seg.nii.gz', structures: [] }
})
afterEach(() => {
  vi.unstubAllGlobals()
})

const fails = (code: WireError['code']): Outcome<unknown> => ({
  ok: false,
  error: { code, message: `It is ${code}.`, hint: '' },
})
const status = (): string => useWorkflowStore().statusOf('clean')

describe('the run of a step', () => {
  it('is a job, told on the rail, whose result the session works on with', async () => {
    const store = useCleanStore()
    expect(status()).toBe('not-started')
    const applied = store.apply()
    expect(useJobsStore().running.map(({ id }) => id)).toEqual([store.job?.id])
    expect(status()).toBe('running')
    await store.apply()
    expect(requests).toHaveLength(1)
    end({ ok: true, output })
    await applied
    expect(store.output).toEqual(output)
    expect(status()).toBe('done')
    expect(useVolumeStore().labels?.path).toBe(output.path)
    // Applied again it starts from the same map, not from its own result.
    expect(store.situation.labelsPath).toBe('/a/seg.nii.gz')
  })

  it('is out of date with other settings, and with another label map', async () => {
    const store = useCleanStore()
    const applied = store.apply()
    end({ ok: true, output })
    await applied
    store.change({ labels: '1' })
    expect(status()).toBe('out-of-date')
    store.change({ labels: '' })
    expect(status()).toBe('done')
    useVolumeStore().labels = { path: '/other.nii.gz', structures: [] }
    expect(status()).toBe('out-of-date')
  })

  it('asks before it replaces, and says other errors in a message', async () => {
    const store = useCleanStore()
    const first = store.apply()
    end(fails('output-exists'))
    await first
    expect(store.state).toMatchObject({ kind: 'failed', error: { code: 'output-exists' } })
    expect(useMessagesStore().messages).toEqual([])
    const second = store.apply(true)
    expect(requests).toMatchObject([{ force: false }, { force: true }])
    end(fails('output-unwritable'))
    await second
    expect(status()).toBe('failed')
    expect(useMessagesStore().messages).toMatchObject([{ text: 'It is output-unwritable.' }])
  })

  it('can be cancelled, and is then as it was before', async () => {
    const store = useCleanStore()
    const applied = store.apply()
    store.cancel()
    expect(cancel).toHaveBeenCalledOnce()
    end(fails('cancelled'))
    await applied
    expect(store.state.kind).toBe('cancelled')
    expect(status()).toBe('not-started')
  })

  it('has a form whose changes are undone, also from another step', async () => {
    const store = useCleanStore()
    const history = useHistoryStore()
    const before = store.form
    store.change({ minVolumeMm3: 40 })
    useWorkflowStore().go('register')
    await history.undo()
    expect(store.form).toEqual(before)
    await history.redo()
    expect(store.form.minVolumeMm3).toBe(40)
  })

  it('does not open its result for the patient that the person has gone to meanwhile', async () => {
    const store = useCleanStore()
    const applied = store.apply()
    usePatientSessionStore().begin()
    end({ ok: true, output })
    await applied
    expect(useVolumeStore().labels?.path).toBe('/a/seg.nii.gz')
    expect(store.state.kind).toBe('idle')
    expect(
      useMessagesStore()
        .messages.map(({ text }) => text)
        .join(),
    ).toContain('another patient')
  })
})
