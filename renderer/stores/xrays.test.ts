import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { useHistoryStore } from '../history/history-store.js'
import { useXraysStore } from './xrays.js'

beforeEach(() => {
  setActivePinia(createPinia())
  vi.stubGlobal('window', {
    isocenter: {
      run: (_: string, { xray }: { xray: { path: string } }) => ({
        promise: Promise.resolve({ ok: true, output: { name: xray.path, camera: null, tags: {} } }),
      }),
    },
  })
})

describe('changes of X-rays', () => {
  it('are taken back: which are used, how they are read, which are there', async () => {
    const xrays = useXraysStore()
    const history = useHistoryStore()
    await xrays.open('ap.png')
    await xrays.open('lateral.png')
    const [first, second] = xrays.xrays
    if (first === undefined || second === undefined) throw new Error('Two X-rays were opened.')
    expect(history.past).toHaveLength(0)
    xrays.setIncluded(second.id, true)
    await xrays.reopen(first.id, { ...first.source, frame: 3 }, undefined)
    xrays.remove(first.id)
    expect(xrays.activeId).toBe(second.id)
    expect(history.nextUndo).toBe('removal of ap.png')
    await history.undo()
    expect([xrays.xrays.map(({ id }) => id), xrays.activeId]).toEqual([[first.id, second.id], first.id])
    expect(xrays.active?.source.frame).toBe(3)
    await history.undo()
    expect(xrays.active?.source.frame).toBe(0)
    await history.undo()
    expect(xrays.included.map(({ id }) => id)).toEqual([first.id])
    xrays.clear()
    expect(history.future).toHaveLength(0)
  })
})
