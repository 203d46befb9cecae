import { app, nativeTheme } from 'electron'
import { join } from 'node:path'
import { z } from 'zod'
import { askChannels } from '../../native-workers/contract/window/channels.js'
import { saveSettingsSchema, type Settings } from '../../native-workers/contract/window/settings.js'
import type { AppContext } from '../context.js'
import { SettingsFile } from '../settings-file.js'
import { answer } from './answer.js'

/** Keeps the window's settings, and applies what only the main process can: the system's frame and the zoom. */
export function enableSettings(context: AppContext): void {
  const file = new SettingsFile(join(app.getPath('userData'), 'settings.json'))
  applyTheme(file.settings)

  answer(context, askChannels.readSettings, z.undefined(), () => {
    // The page asks before it shows anything, and again after it was loaded anew.
    applyZoom(context, file.settings)
    return file.settings
  })
  answer(context, askChannels.saveSettings, saveSettingsSchema, (settings) => {
    applyTheme(settings)
    applyZoom(context, settings)
    return file.save(settings)
  })
}

/** Menus, dialogs and title bar follow; so does the page's `prefers-color-scheme`, by which it knows the system's. */
function applyTheme({ theme }: Settings): void {
  nativeTheme.themeSource = theme
}

function applyZoom({ window }: AppContext, { zoomPercent }: Settings): void {
  window?.webContents.setZoomFactor(zoomPercent / 100)
}
