import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import type { OpenedVolume } from '../stores/volume.js'

// The volume's store asks the graphics what they can draw.
vi.stubGlobal(
  'OffscreenCanvas',
  class {
    getContext = (): null => null
  },
)
const { useHistoryStore } = await import('../history/history-store.js')
const { useVolumeStore } = await import('../stores/volume.js')
const { usePointsStore } = await import('./points-store.js')

const grid: OpenedVolume['summary']['grid'] = {
  size: [2, 2, 2],
  spacingMm: [1, 1, 1],
  originMm: [0, 0, 0],
  direction: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
}
const ct = (path: string): OpenedVolume => ({
  source: { path, acceptGeometry: false },
  summary: {
    name: 'ct',
    series: [],
    grid,
    valueRange: [0, 1],
    storedType: 'int16',
    format: 'NIfTI',
    issues: [],
  },
  display: { grid, voxels: new Int16Array(8) },
  displayFile: '/display',
})

beforeEach(() => {
  setActivePinia(createPinia())
  useVolumeStore().volume = ct('/a.nii')
})

describe('points', () => {
  it('are placed in turn, and every edit is undone and redone', async () => {
    const points = usePointsStore()
    const history = useHistoryStore()
    points.placePosition([1, 2, 3])
    points.placePixel(5, [10, 20])
    points.placePosition([4, 5, 6])
    expect(points.pairs.map(({ name }) => name)).toEqual(['P1', 'P2'])
    expect(points.pairs[0]?.pixels.get(5)).toEqual([10, 20])
    expect(points.rename(2, 'P1')).toBe(false)
    expect(points.rename(2, 'tip')).toBe(true)
    points.reorder(2, -1)
    points.remove(1)
    expect(points.pairs.map(({ name }) => name)).toEqual(['tip'])
    expect(history.past).toHaveLength(6)
    for (let count = 0; count < 3; count++) await history.undo()
    expect(points.pairs.map(({ name }) => name)).toEqual(['P1', 'P2'])
    await history.redo()
    expect(points.pairs.map(({ name }) => name)).toEqual(['P1', 'tip'])
    for (let count = 0; count < 4; count++) await history.undo()
    expect(points.pairs).toEqual([])
  })

  it('take one undo for one drag', async () => {
    const points = usePointsStore()
    const history = useHistoryStore()
    points.placePosition([0, 0, 0])
    points.movePosition(1, [1, 0, 0], 1)
    points.movePosition(1, [2, 0, 0], 1)
    points.movePosition(1, [3, 0, 0], 2)
    expect(history.past).toHaveLength(3)
    await history.undo()
    expect(points.pairs[0]?.positionMm).toEqual([2, 0, 0])
    await history.undo()
    expect(points.pairs[0]?.positionMm).toEqual([0, 0, 0])
  })

  it('place the chosen one first', () => {
    const points = usePointsStore()
    points.placePixel(5, [1, 1])
    points.placePixel(5, [2, 2])
    points.select(2)
    expect(points.nextName('volume')).toBe('P2')
    points.placePosition([0, 0, 0])
    expect(points.nextName('volume')).toBe('P1')
  })

  it('are not used on another CT until somebody says that they belong there', async () => {
    const points = usePointsStore()
    points.placePosition([1, 2, 3])
    await nextTick()
    useVolumeStore().volume = ct('/b.nii')
    await nextTick()
    expect(points.isOfOtherVolume).toBe(true)
    expect(points.shown[0]?.positionMm).toBeNull()
    points.placePosition([7, 7, 7])
    expect(points.pairs[0]?.positionMm).toEqual([1, 2, 3])
    points.adopt()
    expect(points.isOfOtherVolume).toBe(false)
    expect(points.shown[0]?.positionMm).toEqual([1, 2, 3])
    await useHistoryStore().undo()
    points.dropPositions()
    expect(points.isOfOtherVolume).toBe(false)
    expect(points.pairs[0]?.positionMm).toBeNull()
  })

  it('come back from a project as they were', () => {
    const points = usePointsStore()
    points.restore([{ name: 'a', colour: '#123456', position: [1, 2, 3] }, { name: 'b' }])
    points.attach(9, [
      { name: 'b', pixel: [3, 4] },
      { name: 'c', pixel: [5, 6] },
    ])
    expect(points.pairs.map(({ name }) => name)).toEqual(['a', 'b', 'c'])
    expect(points.pairs[0]).toMatchObject({ colour: '#123456', positionMm: [1, 2, 3] })
    expect(points.pairs[1]?.pixels.get(9)).toEqual([3, 4])
    expect(useHistoryStore().past).toEqual([])
  })
})
