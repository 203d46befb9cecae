import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { Settings } from '../../native-workers/contract/window/settings.js'
import { useSettingsStore } from './settings-store.js'

const save = vi.fn<(settings: Settings) => Promise<void>>(() => Promise.resolve())
let kept: Settings
let tellSystem: (event: { matches: boolean }) => void = () => undefined

beforeEach(() => {
  setActivePinia(createPinia())
  kept = { theme: 'dark', zoomPercent: 100 }
  vi.stubGlobal('window', {
    isocenter: { settings: { read: () => Promise.resolve(kept), save } },
    matchMedia: () => ({
      matches: false,
      addEventListener: (_type: string, listener: typeof tellSystem) => (tellSystem = listener),
    }),
  })
})
afterEach(() => {
  vi.unstubAllGlobals()
  save.mockClear()
})

it('is dark unless something else was kept', async () => {
  const settings = useSettingsStore()
  await settings.load()
  expect(settings.theme).toBe('dark')
  settings.change({ theme: 'light' })
  expect(settings.theme).toBe('light')
  expect(save).toHaveBeenLastCalledWith({ theme: 'light', zoomPercent: 100 })
})

it('follows the system where the person wants that', async () => {
  kept = { theme: 'system', zoomPercent: 100 }
  const settings = useSettingsStore()
  await settings.load()
  expect(settings.theme).toBe('light')
  tellSystem({ matches: true })
  expect(settings.theme).toBe('dark')
})

it('keeps every zoom', async () => {
  const settings = useSettingsStore()
  await settings.load()
  settings.zoom('in')
  settings.zoom('in')
  expect(save).toHaveBeenLastCalledWith({ theme: 'dark', zoomPercent: 125 })
  settings.zoom('reset')
  expect(settings.settings.zoomPercent).toBe(100)
})
