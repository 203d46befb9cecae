import { app, dialog, type WebContents } from 'electron'
import type { AppContext } from './context.js'

/** A page whose process ends more often than this in one session would only end once more. */
const maximumReloads = 3
/** A page that is not there again after this long was not loaded: the order came while the old process still ended. */
const patienceMs = 30_000

/** Loads the page again when its process ended by itself, as after a crash of the graphics driver. */
export function enableWindowRecovery({ log, options, folders }: AppContext): void {
  let isQuitting = false
  app.on('before-quit', () => (isQuitting = true))
  app.on('web-contents-created', (_, contents) => {
    let reloads = 0
    const recover = (reason: string) => {
      reloads += 1
      if (reloads <= maximumReloads) {
        // In the event itself the ended process still belongs to the page, and what is loaded then may be lost with it.
        setImmediate(() => loadAgain(contents, () => recover(reason)))
        return
      }
      const sentence = `The window's process ended again and again (${reason}). The log file is ${folders.logFile}.`
      if (!options.smoke) dialog.showErrorBox('Isocenter has to close', sentence)
      app.exit(1)
    }
    contents.on('render-process-gone', (__, { reason, exitCode }) => {
      log(`the window's process ended: ${reason} (${exitCode})`)
      if (!isQuitting) recover(reason)
    })
  })
}

/** Loads a page whose process is gone, and calls `onFailure` where it stays gone or never gets ready. */
function loadAgain(contents: WebContents, onFailure: () => void): void {
  if (contents.isDestroyed()) return
  const impatience = setTimeout(() => {
    if (!contents.isDestroyed()) onFailure()
  }, patienceMs)
  contents.once('dom-ready', () => clearTimeout(impatience))
  contents.once('render-process-gone', () => clearTimeout(impatience))
  contents.reload()
}
