import { createPinia, setActivePinia } from 'pinia'
import type { CameraSource } from '../../native-workers/contract/operations/sources.js'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { useHistoryStore } from '../history/history-store.js'
import { useXraysStore } from './xrays.js'

const someCamera = { imageSize: { width: 1, height: 1 } }

beforeEach(() => {
  setActivePinia(createPinia())
  vi.stubGlobal('window', {
    isocenter: {
      run: (_: string, { xray, camera }: { xray: { path: string }; camera?: CameraSource }) => ({
        promise: Promise.resolve({
          ok: true,
          output: { name: xray.path, camera: camera === undefined ? null : someCamera, tags: {} },
        }),
      }),
    },
  })
})

describe('an X-ray beside another', () => {
  it('takes part once a camera file places it, whenever that comes; what was chosen then stays', async () => {
    const xrays = useXraysStore()
    await xrays.open('ap.png')
    await xrays.open('lateral.png')
    expect(xrays.included.map(({ source }) => source.path)).toEqual(['ap.png'])
    const lateral = () => xrays.xrays[1]
    const reopen = async (camera: CameraSource) => {
      const xray = lateral()
      if (xray !== undefined) await xrays.reopen(xray.id, xray.source, camera)
    }
    await reopen({ kind: 'file', path: 'lateral.json' })
    expect(lateral()?.included).toBe(true)
    xrays.setIncluded(lateral()?.id ?? NaN, false)
    await reopen({ kind: 'file', path: 'other.json' })
    expect(lateral()?.included).toBe(false)
  })
})

describe('changes in quick succession', () => {
  it('all stay: a camera, a switch and another switch', async () => {
    const xrays = useXraysStore()
    await xrays.open('ap.png')
    const [{ id, source } = { id: 0, source: null }] = xrays.xrays
    if (source === null) throw new Error('An X-ray was opened.')
    const { preprocessing } = source
    await Promise.all([
      xrays.reopen(id, source, { kind: 'file', path: 'ap.json' }),
      xrays.reopen(id, { ...source, preprocessing: { ...preprocessing, linearize: true } }, undefined),
      xrays.reopen(id, { ...source, preprocessing: { ...preprocessing, invert: true } }, undefined),
    ])
    expect(xrays.active?.cameraSource).toEqual({ kind: 'file', path: 'ap.json' })
    expect(xrays.active?.source.preprocessing).toMatchObject({ linearize: true, invert: true })
  })
})

describe('a reading that breaks off', () => {
  it('does not hold up the next one', async () => {
    const xrays = useXraysStore()
    await xrays.open('ap.png')
    const { id = 0, source } = xrays.xrays[0] ?? {}
    if (source === undefined) throw new Error('An X-ray was opened.')
    const { isocenter } = window
    vi.stubGlobal('window', {
      isocenter: { run: () => ({ promise: Promise.reject(new Error('no bridge')) }) },
    })
    await expect(xrays.reopen(id, { ...source, frame: 1 }, undefined)).rejects.toThrow('no bridge')
    vi.stubGlobal('window', { isocenter })
    await xrays.reopen(id, { ...source, frame: 2 }, undefined)
    expect(xrays.active?.source.frame).toBe(2)
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
