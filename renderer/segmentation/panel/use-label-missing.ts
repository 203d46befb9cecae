import { computed, type ComputedRef } from 'vue'
import { text } from '../../text/en.js'
import { useEditingStore } from '../store.js'

/** Why the active label can't be changed now; null when it can. */
export function useLabelMissing(): ComputedRef<string | null> {
  const editing = useEditingStore()
  return computed(() => {
    if (editing.missing !== null) return editing.missing
    const isThere = editing.present.includes(editing.activeLabel)
    return isThere ? null : text.segmentation.missingLabel(editing.activeLabel)
  })
}
