import { onMounted, onScopeDispose } from 'vue'
import type { MenuCommand } from '../../native-workers/contract/window/messages.js'
import { useHelpStore } from '../help/help-store.js'
import { useHistoryStore } from '../history/history-store.js'
import { useSettingsStore } from '../settings/settings-store.js'
import { useOpenFilesStore } from '../stores/open-files.js'
import { useRegistrationStore } from '../stores/registration.js'
import { useSampleStore } from '../stores/sample.js'
import { hasTextUndo } from './shortcuts.js'

/** Answers the application menu's commands for as long as the scope lives. */
export function useMenu(): void {
  const openFiles = useOpenFilesStore()
  const registration = useRegistrationStore()
  const sample = useSampleStore()
  const help = useHelpStore()
  const settings = useSettingsStore()
  const history = useHistoryStore()
  const commands: Record<MenuCommand, () => unknown> = {
    'open-volume': () => openFiles.openVolume('volume-file'),
    'open-volume-folder': () => openFiles.openVolume('volume-folder'),
    'open-xray': openFiles.openXray,
    'open-sample': sample.open,
    undo: () => (hasTextUndo(document.activeElement) ? window.isocenter.editText('undo') : history.undo()),
    redo: () => (hasTextUndo(document.activeElement) ? window.isocenter.editText('redo') : history.redo()),
    save: registration.save,
    help: () => help.open('shortcuts'),
    log: () => help.open('log'),
    about: () => help.open('about'),
    settings: () => (settings.isDialogShown = true),
    'zoom-in': () => settings.zoom('in'),
    'zoom-out': () => settings.zoom('out'),
    'zoom-reset': () => settings.zoom('reset'),
  }
  let unsubscribe: (() => void) | null = null
  onMounted(() => {
    unsubscribe = window.isocenter.onMenuCommand((command) => void commands[command]())
  })
  onScopeDispose(() => unsubscribe?.())
}
