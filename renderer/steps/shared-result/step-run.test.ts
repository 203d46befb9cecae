import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope } from 'vue'
import type { Outcome } from '../../../native-workers/contract/wire-error.js'
import { useHistoryStore } from '../../history/history-store.js'
import { useMessagesStore } from '../../stores/messages.js'
import { usePatientSessionStore } from '../../stores/patient-session.js'
import { useStepForm, useStepRun } from './step-run.js'

let end: (outcome: Outcome<unknown>) => void = () => undefined
const request = { labelsPath: '/seg.nii.gz', labels: [1], folder: '/out' }
const output = { surfaces: [], notes: [], isUpToDate: false }
const run = () => effectScope().run(() => useStepRun('label-surfaces', 'Surfaces'))

beforeEach(() => {
  setActivePinia(createPinia())
  vi.stubGlobal('window', {
    isocenter: {
      run: () => ({ promise: new Promise((resolve) => (end = resolve)), cancel: vi.fn() }),
    },
  })
})
afterEach(() => {
  vi.unstubAllGlobals()
})

describe('the run of a step that leaves files', () => {
  it('keeps what it wrote until the next run has written', async () => {
    const step = run()
    const first = step?.run(request, 'Surfaces')
    expect(step?.jobId.value).not.toBeNull()
    end({ ok: true, output })
    expect(await first).toBe(true)
    const second = step?.run(request, 'Surfaces')
    expect(step?.written.value?.output).toEqual(output)
    end({ ok: false, error: { code: 'output-exists', message: 'It is there.', hint: '' } })
    expect(await second).toBe(false)
    expect(step?.state.value.kind).toBe('failed')
    expect(useMessagesStore().messages).toEqual([])
  })

  it('is told of, not shown, when the patient has changed meanwhile', async () => {
    const step = run()
    const running = step?.run(request, 'Surfaces')
    usePatientSessionStore().begin()
    end({ ok: true, output })
    expect(await running).toBe(false)
    expect([step?.state.value.kind, step?.written.value]).toEqual(['idle', null])
    expect(useMessagesStore().messages).toHaveLength(1)
  })

  it('goes with the patient that it was made for', async () => {
    const step = run()
    const running = step?.run(request, 'Surfaces')
    end({ ok: true, output })
    await running
    usePatientSessionStore().begin()
    await vi.waitFor(() => expect(step?.written.value).toBeNull())
  })
})

describe('the form of a step', () => {
  it('goes back to what it was', async () => {
    const { form, change } = useStepForm('Surfaces', { smoothing: 20 })
    change({ smoothing: 0 })
    await useHistoryStore().undo()
    expect(form.value.smoothing).toBe(20)
  })
})
