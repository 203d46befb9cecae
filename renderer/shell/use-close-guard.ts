import { onMounted, onScopeDispose } from 'vue'
import { useProjectStore } from '../project/project-store.js'
import { useUnsavedStore } from '../stores/unsaved.js'

/** Keeps the window open while it holds work that is not saved, until the person has answered. */
export function useCloseGuard(): void {
  const unsaved = useUnsavedStore()
  const project = useProjectStore()
  let mayGo = false

  // A training outlasts its patient and project, but not the window.
  const mayClose = async (): Promise<boolean> =>
    (await project.mayClose()) && (await unsaved.mayLose('training'))

  function onUnload(event: BeforeUnloadEvent): void {
    if (mayGo || !unsaved.hasWork('labels', 'results', 'training')) return
    event.preventDefault()
    void mayClose().then((answer) => {
      mayGo = answer
      if (answer) window.close()
    })
  }

  onMounted(() => {
    window.addEventListener('beforeunload', onUnload)
  })
  onScopeDispose(() => {
    window.removeEventListener('beforeunload', onUnload)
  })
}
