import { onMounted, onScopeDispose } from 'vue'
import type { MenuCommand } from '../../native-workers/contract/window/messages.js'
import { useOpenFilesStore } from '../stores/open-files.js'
import { useRegistrationStore } from '../stores/registration.js'
import { useSampleStore } from '../stores/sample.js'

/** Answers the application menu's commands for as long as the scope lives. */
export function useMenu(): void {
  const openFiles = useOpenFilesStore()
  const registration = useRegistrationStore()
  const sample = useSampleStore()
  const commands: Record<MenuCommand, () => Promise<void>> = {
    'open-volume': () => openFiles.openVolume('volume-file'),
    'open-volume-folder': () => openFiles.openVolume('volume-folder'),
    'open-xray': openFiles.openXray,
    'open-sample': sample.open,
    save: registration.save,
  }
  let unsubscribe: (() => void) | null = null
  onMounted(() => {
    unsubscribe = window.isocenter.onMenuCommand((command) => void commands[command]())
  })
  onScopeDispose(() => unsubscribe?.())
}
