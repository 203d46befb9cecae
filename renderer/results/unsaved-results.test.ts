import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { RegistrationResult } from '../../native-workers/contract/files/registration-result.js'
import { identity4 } from '../geometry/math.js'

vi.mock('../composables/graphics.js', () => ({ graphics: { kind: 'none' } }))
const { useRegistrationStore } = await import('../stores/registration.js')
const { useUnsavedStore } = await import('../stores/unsaved.js')
const { useResultsStore } = await import('./results-store.js')

const result: RegistrationResult = {
  schema: 'isocenter/registration@1',
  frame: 'LPS',
  created: '2026-01-02T03:04:05.000Z',
  version: '1.0.0',
  initial: { worldFromVolume: identity4 },
  final: { worldFromVolume: identity4 },
  isocentreMm: [0, 0, 0],
  views: [],
  trajectory: [],
  renders: 0,
  secondsPerPhase: {},
  confidence: {
    finalLoss: 0.1,
    jackknifeMm: null,
    restartSpreadMm: null,
    antipodeMargin: null,
    expectedErrorMm: null,
    weakestDirection: null,
    depthUncertaintyMm: null,
    inPlaneUncertaintyMm: null,
    validPixelFraction: 1,
  },
  verdict: { level: 'good', reasons: [] },
  settings: {},
  inputs: [],
  warnings: [],
}
let chosenFolder: string | null
let saved: string[]

beforeEach(() => {
  setActivePinia(createPinia())
  chosenFolder = null
  saved = []
  vi.stubGlobal('window', {
    isocenter: {
      chooseSaveFolder: () => Promise.resolve(chosenFolder),
      onEngineStatus: () => () => undefined,
      run(name: string, { folder }: { readonly folder: string }) {
        if (name === 'save-registration') saved.push(folder)
        const output = { files: [`${folder}/result.json`] }
        return { promise: Promise.resolve({ ok: true, output }), cancel: () => undefined }
      },
    },
  })
  useResultsStore()
})

/** Two registrations of this session, of which the second is shown. */
function registerTwice(): void {
  for (const minute of ['04', '05']) {
    const own = { ...result, created: `2026-01-02T03:${minute}:05.000Z` }
    const output = { result: own, pictures: [] }
    useRegistrationStore().show({ result: own, output, elapsedMs: 1, savedFile: null })
  }
}

describe('registrations that lie in no folder', () => {
  it('are work that would be lost, until all are saved in a folder of the person’s choice', async () => {
    const unsaved = useUnsavedStore()
    expect(unsaved.hasWork('results')).toBe(false)
    registerTwice()
    const leaving = unsaved.mayLose('labels', 'results')
    expect(unsaved.asked).toBe('results')
    await unsaved.save()
    expect([saved, unsaved.asked]).toEqual([[], 'results'])
    chosenFolder = '/elsewhere'
    await unsaved.save()
    expect(await leaving).toBe(true)
    expect(saved).toHaveLength(2)
    expect(new Set(saved).size).toBe(2)
    expect(saved.every((folder) => folder.startsWith('/elsewhere/registration-'))).toBe(true)
    expect(unsaved.hasWork('results')).toBe(false)
  })

  it('are no longer asked about once they were taken off the list', () => {
    registerTwice()
    const { entries, remove } = useResultsStore()
    for (const { id } of entries) remove(id)
    expect(useUnsavedStore().hasWork('results')).toBe(false)
  })
})
