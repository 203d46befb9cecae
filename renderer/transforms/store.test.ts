import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { Matrix4 } from '../../native-workers/contract/matrix.js'
import { identity4, largestDifference, transformPoint } from '../geometry/math.js'
import { useHistoryStore } from '../history/history-store.js'

vi.mock('../composables/graphics.js', () => ({ graphics: { kind: 'none' } }))
const { useViewsStore } = await import('../stores/views.js')
const { useWorkflowStore } = await import('../stores/workflow.js')
const { usePointsStore } = await import('../points/points-store.js')
const { useShownPlaceStore } = await import('./shown-place.js')
const { useTransformsStore } = await import('./store.js')

beforeEach(() => setActivePinia(createPinia()))

const shift = (x: number): Matrix4 => [
  [1, 0, 0, x],
  [0, 1, 0, 0],
  [0, 0, 1, 0],
  [0, 0, 0, 1],
]
const turned: Matrix4 = [
  [0, -1, 0, 4],
  [1, 0, 0, 5],
  [0, 0, 1, 6],
  [0, 0, 0, 1],
]

describe('the transforms of the session', () => {
  it('are taken back one edit after the other, a drag as one', async () => {
    const transforms = useTransformsStore()
    const history = useHistoryStore()
    transforms.addIdentity()
    for (const x of [1, 2, 3]) transforms.setMatrix(shift(x), 'shift', 'shift 0')
    transforms.invert()
    expect(transforms.active?.movedFromVolume[0][3]).toBe(-3)
    await history.undo()
    expect(transforms.active?.movedFromVolume[0][3]).toBe(3)
    await history.undo()
    expect(transforms.active?.movedFromVolume).toEqual(identity4)
    await history.undo()
    expect(transforms.all).toEqual([])
    await history.redo()
    await history.redo()
    expect(transforms.active?.movedFromVolume[0][3]).toBe(3)
  })

  it('compose in the order in which they move', () => {
    const transforms = useTransformsStore()
    transforms.add({ name: 'turned', movedFromVolume: turned, source: '' })
    const first = transforms.active?.id ?? ''
    transforms.add({ name: 'shifted', movedFromVolume: shift(10), source: '' })
    transforms.compose(first, transforms.active?.id ?? '')
    expect(transforms.active?.name).toBe('turned, then shifted')
    expect(transformPoint(transforms.active?.movedFromVolume ?? identity4, [1, 0, 0])).toEqual([14, 6, 6])
  })

  it('keep names apart, and leave the neighbour chosen when one goes', () => {
    const transforms = useTransformsStore()
    transforms.addIdentity()
    transforms.addIdentity()
    const [first, second] = transforms.all
    expect(second?.name).not.toBe(first?.name)
    transforms.remove()
    expect(transforms.active).toBe(first)
    transforms.remove()
    expect(transforms.active).toBeNull()
  })

  it('turn about what lies under the crosshair', () => {
    const transforms = useTransformsStore()
    transforms.add({ name: 'turned', movedFromVolume: turned, source: '' })
    useViewsStore().crosshairMm = [7, 8, 9]
    transforms.pivotAtCrosshair()
    transforms.movedPivotMm.forEach((value, axis) => {
      expect(value).toBeCloseTo([7, 8, 9][axis] ?? NaN, 9)
    })
    const { pivotMm } = transforms
    transforms.setMatrix(shift(2), 'shift')
    expect(transforms.pivotMm).toEqual(pivotMm)
  })

  it('begin anew with another project, without a way back into the old one', () => {
    const transforms = useTransformsStore()
    transforms.addIdentity()
    transforms.preview = 'ct'
    transforms.begin([{ id: 'a', name: 'kept', movedFromVolume: turned, source: 'kept.tfm' }])
    expect(transforms.active?.name).toBe('kept')
    expect(transforms.preview).toBe('off')
    expect(useHistoryStore().past).toEqual([])
  })
})

describe('the place that the views show', () => {
  it('is moved while a transform is previewed in its step, and there alone', () => {
    const transforms = useTransformsStore()
    const place = useShownPlaceStore()
    const workflow = useWorkflowStore()
    transforms.add({ name: 'turned', movedFromVolume: turned, source: '' })
    transforms.preview = 'labels'
    expect([place.ct, place.labels]).toEqual([null, null])
    workflow.go('transforms')
    expect([place.ct, place.labels]).toEqual([null, turned])
    transforms.preview = 'ct'
    expect([place.ct, place.labels]).toEqual([turned, turned])
    const back = place.inLabels(transformPoint(turned, [1, 2, 3]))
    expect(largestDifference(shift(back[0]), shift(1))).toBeLessThan(1e-9)
    workflow.go('segment')
    expect(place.ct).toBeNull()
  })

  it('takes no points while it is moved, which would lie elsewhere in the CT', () => {
    const transforms = useTransformsStore()
    const points = usePointsStore()
    const workflow = useWorkflowStore()
    useShownPlaceStore()
    points.restore([{ name: 'hip', position: [1, 2, 3] }])
    points.setPlacing(true)
    transforms.add({ name: 'turned', movedFromVolume: turned, source: '' })
    transforms.preview = 'ct'
    workflow.go('transforms')
    expect(points.isPlacing).toBe(false)
    points.setPlacing(true)
    expect([points.isPlacing, points.shown]).toEqual([false, []])
    workflow.go('register')
    expect(points.shown).toHaveLength(1)
  })
})
