import { nextTick, onMounted, onScopeDispose, ref, type Ref } from 'vue'
import { useMessagesStore } from '../stores/messages.js'
import { useOutputFolderStore } from '../stores/output-folder.js'
import type { ViewName } from '../stores/views.js'
import { text } from '../text/en.js'

const painted = (): Promise<void> =>
  new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve())))

/**
 * Saves a view as it is seen, with its annotations and without its buttons, as PNG into the folder for results. Ctrl+Shift+S does it
 * for the view under the pointer. `isTaking` while the picture is taken.
 */
export function useScreenshot(
  view: ViewName,
  frame: Readonly<Ref<HTMLElement | null>>,
): { readonly isTaking: Readonly<Ref<boolean>>; readonly take: () => Promise<void> } {
  const [folders, messages] = [useOutputFolderStore(), useMessagesStore()]
  const isTaking = ref(false)

  async function take(): Promise<void> {
    if (frame.value === null || isTaking.value) return
    if (folders.folder === null) await folders.choose()
    const { folder } = folders
    if (folder === null) return
    isTaking.value = true
    await nextTick()
    await painted()
    const { left, top, width, height } = frame.value.getBoundingClientRect()
    const area = {
      x: Math.round(left),
      y: Math.round(top),
      width: Math.round(width),
      height: Math.round(height),
    }
    const outcome = await window.isocenter.saveScreenshot({ view, area, folder })
    isTaking.value = false
    if (!outcome.ok) messages.showError(outcome.error)
    else messages.show('success', text.exporting.screenshot.saved(outcome.output))
  }

  function onKey(event: KeyboardEvent): void {
    const isKey = (event.ctrlKey || event.metaKey) && event.shiftKey && event.key.toLowerCase() === 's'
    if (!isKey || frame.value?.matches(':hover') !== true) return
    event.preventDefault()
    void take()
  }
  onMounted(() => {
    window.addEventListener('keydown', onKey)
  })
  onScopeDispose(() => {
    window.removeEventListener('keydown', onKey)
  })

  return { isTaking, take }
}
