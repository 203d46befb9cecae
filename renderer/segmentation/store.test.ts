import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { FakeLabelsWorker, openedMap, openedVolume } from './testing/edited-map.js'

vi.stubGlobal('Worker', FakeLabelsWorker)
vi.mock('../composables/graphics.js', () => ({ graphics: { kind: 'none' } }))
const { useHistoryStore } = await import('../history/history-store.js')
const { useLabelsStore } = await import('../stores/labels.js')
const { useRegistrationSettingsStore } = await import('../stores/registration-settings.js')
const { useVolumeStore } = await import('../stores/volume.js')
const { useEditingStore } = await import('./store.js')

const plane = { right: [1, 0, 0], down: [0, 1, 0] } as const

beforeEach(async () => {
  setActivePinia(createPinia())
  vi.stubGlobal('window', {
    isocenter: {
      run: () => ({ promise: Promise.resolve({ ok: true, output: openedMap }), cancel: () => undefined }),
      volumeUrl: (file: string) => `data:${file}`,
    },
  })
  useVolumeStore().volume = openedVolume
  await useLabelsStore().open('map.nii.gz')
  useEditingStore().brush = { shape: 'disc', diameterMm: 0.5 }
  useEditingStore().area = { kind: 'everywhere' }
})

const voxels = (): number[] => [...(useLabelsStore().map?.voxels ?? [])]

/** Paints one voxel of the first row. */
function paint(column: number, label: number): Promise<void> {
  const editing = useEditingStore()
  editing.tool = label === 0 ? 'erase' : 'paint'
  editing.activeLabel = label
  editing.strokeTo(plane, [column, 0, 0])
  return editing.endStroke()
}

describe('undo of label edits', () => {
  it('goes back and forth through edits and settings in the order in which they were made', async () => {
    const history = useHistoryStore()
    const editing = useEditingStore()
    const settings = useRegistrationSettingsStore()
    await paint(2, 5)
    settings.change({ seed: 9 })
    await editing.run({ kind: 'relabel', changes: [[3, 7]] })
    expect(voxels().slice(0, 4)).toEqual([7, 7, 5, 0])
    expect(history.past.map(({ label }) => label)).toEqual([
      'paint label 5',
      'registration, seed',
      'new number of label 3',
    ])
    await history.undo()
    expect(voxels().slice(0, 4)).toEqual([3, 3, 5, 0])
    await history.undo()
    await history.undo()
    expect([voxels().slice(0, 4), settings.settings.seed]).toEqual([[3, 3, 0, 0], 0])
    for (let n = 0; n < 3; n++) await history.redo()
    expect([voxels().slice(0, 4), settings.settings.seed]).toEqual([[7, 7, 5, 0], 9])
  })

  it('takes a stroke back that the worker is still taking in', async () => {
    const history = useHistoryStore()
    await paint(2, 5)
    const painted = paint(3, 6)
    await history.undo()
    await painted
    expect(voxels().slice(0, 4)).toEqual([3, 3, 5, 0])
    expect([history.nextUndo, history.nextRedo]).toEqual(['paint label 5', 'paint label 6'])
    expect(useEditingStore().history).toMatchObject({ undoCount: 1, redoCount: 1 })
  })

  it('records nothing where nothing changed', async () => {
    await useEditingStore().run({ kind: 'relabel', changes: [[100, 7]] })
    await paint(0, 3)
    expect(useHistoryStore().past).toHaveLength(0)
  })

  it('takes back what became of the look of labels, and ends with the map', async () => {
    const history = useHistoryStore()
    const labels = useLabelsStore()
    labels.setVisible([3], false)
    labels.setVisible([3], false)
    labels.setColour(3, '#0000ff')
    expect(history.past.map(({ label }) => label)).toEqual(['hide label 3', 'colour of label 3'])
    await history.undo()
    await history.undo()
    expect([...labels.hidden]).toEqual([])
    await paint(2, 5)
    labels.close()
    expect([history.past, history.future]).toEqual([[], []])
  })
})
