import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import { defaultSettings, type Settings } from '../../native-workers/contract/window/settings.js'
import { zoomed, type ZoomChange } from './zoom.js'

/** How the window looks; kept by the main process across starts. */
export const useSettingsStore = defineStore('settings', () => {
  const settings = shallowRef<Settings>(defaultSettings)
  const isSystemDark = ref(true)
  const isDialogShown = ref(false)
  const theme = computed<'dark' | 'light'>(() => {
    if (settings.value.theme !== 'system') return settings.value.theme
    return isSystemDark.value ? 'dark' : 'light'
  })

  /** Reads what was kept and begins to follow the system's colours. */
  async function load(): Promise<void> {
    const system = window.matchMedia('(prefers-color-scheme: dark)')
    isSystemDark.value = system.matches
    system.addEventListener('change', ({ matches }) => (isSystemDark.value = matches))
    settings.value = await window.isocenter.settings.read()
  }

  function change(changes: Partial<Settings>): void {
    settings.value = { ...settings.value, ...changes }
    void window.isocenter.settings.save(settings.value)
  }

  function zoom(direction: ZoomChange): void {
    change({ zoomPercent: zoomed(settings.value.zoomPercent, direction) })
  }

  return { settings, theme, isDialogShown, load, change, zoom }
})
