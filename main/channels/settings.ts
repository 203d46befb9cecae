import { app, nativeTheme } from 'electron'
import { join } from 'node:path'
import { z } from 'zod'
import { askChannels } from '../../native-workers/contract/window/channels.js'
import { saveSettingsSchema } from '../../native-workers/contract/window/settings.js'
import type { AppContext } from '../context.js'
import { SettingsFile } from '../settings-file.js'
import { answer } from './answer.js'

/** Keeps the window's settings, and applies what only the main process can: the system's frame and the zoom. */
export function enableSettings(context: AppContext): void {
  const file = new SettingsFile(join(app.getPath('userData'), 'settings.json'))

  /** Menus and dialogs follow the theme; so does `prefers-color-scheme`, by which the page knows the system's. */
  function apply(): void {
    nativeTheme.themeSource = file.settings.theme
    context.window?.webContents.setZoomFactor(file.settings.zoomPercent / 100)
  }
  apply()
  // A page begins at actual size, also when it is loaded anew.
  app.on('web-contents-created', (_, contents) => contents.on('did-finish-load', apply))

  answer(context, askChannels.readSettings, z.undefined(), () => file.settings)
  answer(context, askChannels.saveSettings, saveSettingsSchema, (settings) => {
    try {
      file.save(settings)
    } catch (error) {
      context.log(`the settings could not be written: ${String(error)}`)
    }
    apply()
  })
}
