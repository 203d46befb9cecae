import { defineStore } from 'pinia'
import { shallowRef, watch } from 'vue'
import { useWorkflowStore } from '../../stores/workflow.js'

/** A picture or video that a step wrote. */
export interface Media {
  readonly kind: 'picture' | 'video'
  readonly url: string
  readonly name: string
}

/** What fills the whole view area; null while the views are seen. */
export const useEnlargedStore = defineStore('enlarged', () => {
  const media = shallowRef<Media | null>(null)

  function show(next: Media): void {
    media.value = next
  }

  function close(): void {
    media.value = null
  }

  // Who goes to another step wants to see the views there.
  const workflow = useWorkflowStore()
  watch(() => workflow.active, close)

  return { media, show, close }
})
