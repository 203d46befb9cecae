import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { Matrix4 } from '../../native-workers/contract/matrix.js'
import { useHistoryStore } from '../history/history-store.js'
import { identity4 } from '../geometry/math.js'

vi.mock('../composables/graphics.js', () => ({ graphics: { kind: 'none' } }))
const { usePoseStore } = await import('./pose.js')
const { useVolumeStore } = await import('./volume.js')

const grid = {
  size: [1, 1, 1],
  spacingMm: [1, 1, 1],
  originMm: [0, 0, 0],
  direction: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
} as const
const movedBy = (mm: number): Matrix4 => [[1, 0, 0, mm], [0, 1, 0, 0], [0, 0, 1, 0], identity4[3]]

beforeEach(() => setActivePinia(createPinia()))

describe('the pose', () => {
  it('is undone by what it was changed with; a drag goes back at once', async () => {
    const pose = usePoseStore()
    const history = useHistoryStore()
    pose.begin(movedBy(1))
    pose.set(movedBy(2), 'paste')
    for (const mm of [3, 4, 5]) pose.set(movedBy(mm), 'drag')
    expect(history.nextUndo).toBe('move the pose')
    await history.undo()
    expect(pose.worldFromVolume).toEqual(movedBy(2))
    expect(history.nextUndo).toBe('pasted pose')
    await history.redo()
    expect(pose.worldFromVolume).toEqual(movedBy(5))
  })

  it('has no way back behind its beginning', () => {
    const pose = usePoseStore()
    const history = useHistoryStore()
    pose.set(movedBy(1), 'paste')
    pose.begin(movedBy(2))
    expect(history.nextUndo).toBeNull()
    pose.set(movedBy(2), 'nominal')
    expect(history.past).toHaveLength(0)
  })

  it('of another CT is not gone back to', () => {
    const pose = usePoseStore()
    pose.set(movedBy(1), 'paste')
    useVolumeStore().volume = {
      source: { path: '/ct.nii.gz', acceptGeometry: false },
      summary: {
        name: 'ct',
        format: 'NIfTI',
        grid,
        storedType: 'int16',
        valueRange: [0, 1],
        series: [],
        issues: [],
      },
      display: { grid, voxels: new Int16Array(1) },
      displayFile: 'ct.raw',
    }
    expect(useHistoryStore().past).toHaveLength(0)
  })
})
