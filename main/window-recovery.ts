import { app, dialog } from 'electron'
import type { AppContext } from './context.js'

/** A page whose process ends more often than this in one session would only end once more. */
const maximumReloads = 3

/** Loads the page again when its process ended by itself, as after a crash of the graphics driver. */
export function enableWindowRecovery({ log, options, folders }: AppContext): void {
  app.on('web-contents-created', (_, contents) => {
    let reloads = 0
    contents.on('render-process-gone', (__, { reason, exitCode }) => {
      log(`the window's process ended: ${reason} (${exitCode})`)
      if (reason === 'clean-exit') return
      reloads += 1
      if (reloads <= maximumReloads) {
        contents.reload()
        return
      }
      const sentence = `The window's process ended again and again (${reason}). The log file is ${folders.logFile}.`
      if (!options.smoke) dialog.showErrorBox('Isocenter has to close', sentence)
      app.exit(1)
    })
  })
}
