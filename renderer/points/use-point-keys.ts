import { onMounted, onScopeDispose } from 'vue'
import { useEscape } from '../composables/use-escape.js'
import { useVolumeStore } from '../stores/volume.js'
import { useWorkflowStore } from '../stores/workflow.js'
import { useXraysStore } from '../stores/xrays.js'
import { usePointsStore } from './points-store.js'

/** P begins and ends the placing of points wherever no field has the focus; Escape ends it. */
export function usePointKeys(): void {
  const points = usePointsStore()
  const volumes = useVolumeStore()
  const xrays = useXraysStore()
  const workflow = useWorkflowStore()

  function onKey(event: KeyboardEvent): void {
    const isPlain = !event.ctrlKey && !event.altKey && !event.metaKey && !event.shiftKey
    if (event.key.toLowerCase() !== 'p' || !isPlain || event.defaultPrevented) return
    if (event.target instanceof Element && event.target.closest('input, select, textarea') !== null) return
    if (volumes.volume === null && xrays.xrays.length === 0) return
    event.preventDefault()
    if (!points.isPlacing) workflow.go('register')
    points.setPlacing(!points.isPlacing)
  }

  useEscape(
    () => points.isPlacing,
    () => points.setPlacing(false),
  )
  onMounted(() => window.addEventListener('keydown', onKey))
  onScopeDispose(() => window.removeEventListener('keydown', onKey))
}
