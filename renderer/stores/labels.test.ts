import { createPinia, setActivePinia } from 'pinia'
import { nextTick } from 'vue'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { OpenLabelsOutput } from '../../native-workers/contract/operations/open-labels.js'
import type { Outcome } from '../../native-workers/contract/wire-error.js'

/** Answers every opening with a map of two labels in eight voxels. */
class FakeWorker extends EventTarget {
  postMessage(): void {
    const data = { kind: 'opened', voxels: Uint8Array.from([0, 3, 3, 0, 0, 0, 0, 9]) }
    queueMicrotask(() => this.dispatchEvent(new MessageEvent('message', { data })))
  }
  terminate = vi.fn()
}
vi.stubGlobal(
  'OffscreenCanvas',
  class {
    getContext = (): null => null
  },
)
vi.stubGlobal('Worker', FakeWorker)
const { useLabelsStore } = await import('./labels.js')
const { useMessagesStore } = await import('./messages.js')
const { useVolumeStore } = await import('./volume.js')

const grid = {
  size: [2, 2, 2],
  spacingMm: [1, 1, 1],
  originMm: [10, 0, 0],
  direction: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
} as const
const summary = {
  name: 'ct.nii.gz',
  format: 'NIfTI',
  grid,
  storedType: 'int16',
  valueRange: [-1000, 1000] as const,
  series: [],
  issues: [],
}
const opened: OpenLabelsOutput = {
  labels: [
    {
      label: 3,
      name: 'hip_left',
      voxelCount: 2,
      centreMm: [10.5, 0.5, 0],
      box: { first: [0, 0, 0], last: [1, 1, 0] },
    },
    { label: 9, name: null, voxelCount: 1, centreMm: [11, 1, 1], box: { first: [1, 1, 1], last: [1, 1, 1] } },
  ],
  display: { file: 'labels.uint8.raw', bytesPerVoxel: 1 },
  namesFile: 'structures.json',
  issues: [{ code: 'other-grid', severity: 'warning', message: 'The labels 4 lie outside the CT.' }],
}
let answer: Outcome<OpenLabelsOutput>

beforeEach(() => {
  setActivePinia(createPinia())
  answer = { ok: true, output: opened }
  vi.stubGlobal('window', {
    isocenter: {
      run: () => ({ promise: Promise.resolve(answer), cancel: () => undefined }),
      volumeUrl: (file: string) => `data:${file}`,
    },
  })
  useVolumeStore().volume = {
    source: { path: 'ct.nii.gz', acceptGeometry: false },
    summary,
    display: { grid, voxels: new Int16Array(8) },
    displayFile: 'ct.int16.raw',
  }
})

describe('labels over the CT', () => {
  it('are opened with names, and tell what lies at a place', async () => {
    const labels = useLabelsStore()
    expect(await labels.open('map.nii.gz')).toBe(true)
    expect(labels.nameSource).toBe('file')
    const found = labels.labelAt([11, 0.2, 0])
    expect(found === null ? null : labels.nameOf(found)).toBe('hip left')
    expect(labels.labelAt([10, 0, 0])).toBeNull()
    expect(labels.labelAt([99, 0, 0])).toBeNull()
    expect(useMessagesStore().messages.map(({ text }) => text)).toEqual(['The labels 4 lie outside the CT.'])
  })

  it('are painted in their colours unless hidden', async () => {
    const labels = useLabelsStore()
    await labels.open('map.nii.gz')
    labels.setColour(3, '#0000ff')
    expect(labels.look.paints[3]).toBe(0xff0000)
    labels.setVisible([3], false)
    expect(labels.look.paints[3] ?? -1).toBe(-1)
    expect(labels.look.paints[9]).toBeGreaterThanOrEqual(0)
    labels.setVisible([3], true)
    expect(labels.look.paints[3]).toBe(0xff0000)
  })

  it('go with the CT that they lie on', async () => {
    const labels = useLabelsStore()
    await labels.open('map.nii.gz')
    useVolumeStore().volume = null
    await nextTick()
    expect(labels.map).toBeNull()
    expect(await labels.open('map.nii.gz')).toBe(false)
  })

  it('keep the map that is shown when another can not be opened', async () => {
    const labels = useLabelsStore()
    await labels.open('map.nii.gz')
    answer = { ok: false, error: { code: 'labels-invalid', message: 'It is no label map.', hint: '' } }
    expect(await labels.open('ct.nii.gz')).toBe(false)
    expect(labels.map?.path).toBe('map.nii.gz')
    expect(labels.opening.kind).toBe('failed')
    expect(useMessagesStore().messages.map(({ text }) => text)).toContain('It is no label map.')
  })
})
