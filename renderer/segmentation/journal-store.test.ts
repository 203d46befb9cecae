import { createPinia, setActivePinia } from 'pinia'
import { nextTick } from 'vue'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { FakeLabelsWorker, openedMap, openedVolume } from './testing/edited-map.js'

vi.stubGlobal('Worker', FakeLabelsWorker)
vi.mock('../composables/graphics.js', () => ({ graphics: { kind: 'none' } }))
const { useHistoryStore } = await import('../history/history-store.js')
const { useLabelsStore } = await import('../stores/labels.js')
const { useVolumeStore } = await import('../stores/volume.js')
const { useLabelJournalStore } = await import('./journal-store.js')
const { useLabelSavingStore } = await import('./saving-store.js')
const { useEditingStore } = await import('./store.js')

const place = { projectFolder: '/project', patientId: 'first' }
const edits = { map: 'map.nii.gz', journal: '/project/journal/labels-first.nii.gz' }
let requests: { readonly name: string; readonly path: string }[] = []

beforeEach(async () => {
  setActivePinia(createPinia())
  vi.useFakeTimers()
  requests = []
  vi.stubGlobal('window', {
    isocenter: {
      run(name: string, request: { readonly path?: string; readonly outputPath?: string }) {
        requests.push({ name, path: request.path ?? request.outputPath ?? '' })
        const output = name === 'open-labels' ? openedMap : { path: request.outputPath, namesPath: null }
        return { promise: Promise.resolve({ ok: true, output }), cancel: () => undefined }
      },
      volumeUrl: (file: string) => `data:${file}`,
    },
  })
  useVolumeStore().volume = openedVolume
  useLabelJournalStore().begin(place)
  await useLabelsStore().open('map.nii.gz')
  await nextTick()
  requests = []
})
afterEach(() => vi.useRealTimers())

async function erase(): Promise<void> {
  await useEditingStore().run({ kind: 'relabel', changes: [[3, 0]] })
  await nextTick()
}

describe('the journal of label edits', () => {
  it('is written when the hand rests, and kept until nothing is unsaved any more', async () => {
    const journal = useLabelJournalStore()
    await erase()
    await vi.advanceTimersByTimeAsync(4000)
    expect(requests).toEqual([])
    await vi.advanceTimersByTimeAsync(2000)
    expect(requests).toEqual([{ name: 'save-labels', path: edits.journal }])
    expect(journal.kept).toEqual(edits)
    await useHistoryStore().undo()
    await nextTick()
    expect(journal.kept).toBeNull()
  })

  it('is each patient’s own', async () => {
    const journal = useLabelJournalStore()
    await erase()
    await vi.advanceTimersByTimeAsync(6000)
    journal.begin({ ...place, patientId: 'second' })
    expect(journal.kept).toBeNull()
    await erase()
    await vi.advanceTimersByTimeAsync(6000)
    expect(requests.map(({ path }) => path)).toEqual([edits.journal, '/project/journal/labels-second.nii.gz'])
  })

  it('of an earlier session stays when only the edits in hand are discarded', async () => {
    const journal = useLabelJournalStore()
    const earlier = { map: 'map.nii.gz', journal: '/project/journal/labels.nii.gz' }
    journal.offer(earlier)
    journal.discard()
    expect(journal.kept).toEqual(earlier)
    // A place that older versions wrote to is still read.
    await journal.takeUp()
    expect(requests).toEqual([{ name: 'open-labels', path: earlier.journal }])
  })

  it('is not written without a project', async () => {
    useLabelJournalStore().begin(null)
    await erase()
    await vi.advanceTimersByTimeAsync(100_000)
    expect(requests).toEqual([])
  })

  it('comes back as the edited map, which is still to be saved', async () => {
    const journal = useLabelJournalStore()
    journal.offer(edits)
    expect(journal.kept).toEqual(edits)
    await journal.takeUp()
    await nextTick()
    expect(requests).toEqual([{ name: 'open-labels', path: edits.journal }])
    expect(useLabelsStore().map?.path).toBe('map.nii.gz')
    expect([useLabelSavingStore().isDirty, journal.offered, journal.kept]).toEqual([true, null, edits])
  })

  it('is given up when the person says so', () => {
    const journal = useLabelJournalStore()
    journal.offer(edits)
    journal.giveUp()
    expect(journal.kept).toBeNull()
  })
})
