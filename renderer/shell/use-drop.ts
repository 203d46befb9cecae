import { onMounted, onScopeDispose, ref, type Ref } from 'vue'
import { useOpenFilesStore } from '../stores/open-files.js'

/** Opens files and folders dropped anywhere in the window; true while some hover over it. */
export function useDrop(): Readonly<Ref<boolean>> {
  const openFiles = useOpenFilesStore()
  const isOver = ref(false)

  function onOver(event: DragEvent): void {
    event.preventDefault()
    isOver.value = true
  }
  function onLeave(event: DragEvent): void {
    // Leaving for a child element names it; only leaving the window names none.
    if (event.relatedTarget === null) isOver.value = false
  }
  function onDrop(event: DragEvent): void {
    event.preventDefault()
    isOver.value = false
    void openFiles.openDropped([...(event.dataTransfer?.files ?? [])])
  }

  onMounted(() => {
    window.addEventListener('dragover', onOver)
    window.addEventListener('dragleave', onLeave)
    window.addEventListener('drop', onDrop)
  })
  onScopeDispose(() => {
    window.removeEventListener('dragover', onOver)
    window.removeEventListener('dragleave', onLeave)
    window.removeEventListener('drop', onDrop)
  })
  return isOver
}
