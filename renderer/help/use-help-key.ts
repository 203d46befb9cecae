import { onMounted, onScopeDispose } from 'vue'
import { useHelpStore } from './help-store.js'

/** F1 opens the help from everywhere, fields included. */
export function useHelpKey(): void {
  const help = useHelpStore()
  function onKey(event: KeyboardEvent): void {
    if (event.key !== 'F1') return
    event.preventDefault()
    help.open('shortcuts')
  }
  onMounted(() => window.addEventListener('keydown', onKey))
  onScopeDispose(() => window.removeEventListener('keydown', onKey))
}
