import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { watch } from 'vue'
import { useHistoryStore } from '../history/history-store.js'
import { useXraysStore } from '../stores/xrays.js'
import { useMaskStore } from './mask-store.js'

vi.mock('../composables/graphics.js', () => ({ graphics: { kind: 'none' } }))

const side = 20

beforeEach(() => {
  setActivePinia(createPinia())
  vi.stubGlobal('window', {
    isocenter: {
      run: (_: string, { xray }: { xray: { path: string } }) => ({
        promise: Promise.resolve({
          ok: true,
          output: {
            name: xray.path,
            camera: null,
            tags: {},
            picture: { width: side, height: side, valid: new Uint8Array(side * side).fill(1) },
          },
        }),
      }),
    },
  })
})

describe('painting the mask', () => {
  it('tells of every stroke, and of its way back, how much counts and whether that is applied', async () => {
    const history = useHistoryStore()
    await useXraysStore().open('ap.png')
    const masks = useMaskStore()
    const seen: (number | null)[] = []
    watch(
      () => masks.fraction,
      (fraction) => seen.push(fraction),
      { flush: 'sync' },
    )
    masks.tool = 'rectangle'
    masks.collimate([5, 5], [14, 14])
    masks.tool = 'erase'
    masks.diameterPixels = 2
    masks.strokeTo([10, 10], [10, 10])
    expect(masks.fraction).toBe(95 / 400)
    masks.strokeTo([10, 10], [12, 10])
    masks.endStroke()
    expect([masks.fraction, masks.isDirty]).toEqual([89 / 400, true])
    await history.undo()
    expect([masks.fraction, masks.isDirty]).toEqual([100 / 400, true])
    await history.undo()
    expect([masks.fraction, masks.isDirty]).toEqual([1, false])
    await history.redo()
    expect([masks.fraction, masks.isDirty]).toEqual([100 / 400, true])
    expect(seen).toEqual([100, 95, 89, 100, 400, 100].map((count) => count / 400))
  })
})
