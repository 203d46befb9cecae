import { onMounted, onScopeDispose, watchEffect } from 'vue'
import { useTheme } from 'vuetify'
import { useSettingsStore } from './settings-store.js'
import { zoomOfKey } from './zoom.js'

/** Keeps the style sheet and the component library in the chosen theme, and answers the zoom keys. */
export function useAppearance(): void {
  const settings = useSettingsStore()
  const library = useTheme()
  watchEffect(() => {
    document.documentElement.dataset['theme'] = settings.theme
    void library.change(settings.theme)
  })

  /** In fields too: these keys write nothing. */
  function onKey(event: KeyboardEvent): void {
    const change = zoomOfKey(event)
    if (change === null) return
    event.preventDefault()
    settings.zoom(change)
  }
  onMounted(() => window.addEventListener('keydown', onKey))
  onScopeDispose(() => window.removeEventListener('keydown', onKey))
}
