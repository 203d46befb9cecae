import { onScopeDispose, watch } from 'vue'

/**
 * Escape closes what is open before anything else hears of it: elsewhere in the window it cancels a running
 * registration.
 */
export function useEscape(isOpen: () => boolean, close: () => void): void {
  function onKey(event: KeyboardEvent): void {
    if (event.key !== 'Escape') return
    event.preventDefault()
    event.stopPropagation()
    close()
  }
  const stop = (): void => window.removeEventListener('keydown', onKey, { capture: true })
  watch(
    isOpen,
    (opens) => {
      if (opens) window.addEventListener('keydown', onKey, { capture: true })
      else stop()
    },
    { immediate: true },
  )
  onScopeDispose(stop)
}
