import { onMounted, onScopeDispose } from 'vue'
import { useHistoryStore } from '../history/history-store.js'
import { useRegistrationStore } from '../stores/registration.js'
import { useViewsStore, type OverlayMode } from '../stores/views.js'
import { globalAction, type GlobalAction } from './shortcuts.js'

/** Answers the window's global keys for as long as the scope lives. */
export function useGlobalKeys(): void {
  const history = useHistoryStore()
  const registration = useRegistrationStore()
  const views = useViewsStore()
  const compare = (mode: OverlayMode) => (): void => {
    views.overlayMode = mode
  }

  const actions: Record<GlobalAction, () => unknown> = {
    undo: history.undo,
    redo: history.redo,
    register: registration.start,
    cancel: registration.cancel,
    save: registration.save,
    'side-by-side': compare('side-by-side'),
    blend: compare('blend'),
    checkerboard: compare('checkerboard'),
    difference: compare('difference'),
    edges: compare('edges'),
    flicker: compare('flicker'),
    swipe: compare('swipe'),
  }

  function onKey(event: KeyboardEvent): void {
    const action = globalAction(event)
    if (action === null || event.defaultPrevented) return
    event.preventDefault()
    // A key that is held must not run ahead of steps that take their time.
    if (event.repeat && history.isTravelling) return
    void actions[action]()
  }

  onMounted(() => {
    window.addEventListener('keydown', onKey)
  })
  onScopeDispose(() => {
    window.removeEventListener('keydown', onKey)
  })
}
