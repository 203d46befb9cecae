import { createPinia, setActivePinia } from 'pinia'
import { nextTick } from 'vue'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { FakeLabelsWorker, openedMap, openedVolume } from './testing/edited-map.js'

vi.stubGlobal('Worker', FakeLabelsWorker)
vi.mock('../composables/graphics.js', () => ({ graphics: { kind: 'none' } }))
const { useHistoryStore } = await import('../history/history-store.js')
const { useLabelsStore } = await import('../stores/labels.js')
const { useOutputFolderStore } = await import('../stores/output-folder.js')
const { useVolumeStore } = await import('../stores/volume.js')
const { useWorkflowStore } = await import('../stores/workflow.js')
const { useLabelSavingStore } = await import('./saving-store.js')
const { useEditingStore } = await import('./store.js')

beforeEach(async () => {
  setActivePinia(createPinia())
  vi.stubGlobal('window', {
    isocenter: {
      run(name: string, request: { readonly outputPath?: string }) {
        const output = name === 'open-labels' ? openedMap : { path: request.outputPath, namesPath: null }
        return {
          promise: Promise.resolve({ ok: true, output }),
          cancel: () => undefined,
          onProgress: () => undefined,
        }
      },
      volumeUrl: (file: string) => `data:${file}`,
    },
  })
  useVolumeStore().volume = openedVolume
  useLabelSavingStore()
  useOutputFolderStore().set('/out')
  await useLabelsStore().open('map.nii.gz')
  await nextTick()
})

describe('the step of editing labels', () => {
  it('tells whether its edits are in a file', async () => {
    const workflow = useWorkflowStore()
    expect(workflow.statusOf('segment')).toBe('not-started')
    await useEditingStore().run({ kind: 'relabel', changes: [[3, 0]] })
    expect(workflow.statusOf('segment')).toBe('unsaved')
    await useHistoryStore().undo()
    expect(workflow.statusOf('segment')).toBe('not-started')
    await useHistoryStore().redo()
    await useLabelSavingStore().save()
    expect(workflow.statusOf('segment')).toBe('done')
    await useHistoryStore().undo()
    expect(workflow.statusOf('segment')).toBe('unsaved')
  })
})
