import { app } from 'electron'
import type { AppContext } from './context.js'

/** A second start brings the first one's window to the front. */
export function enableSingleInstance(context: AppContext): void {
  app.on('second-instance', () => {
    const { window } = context
    if (window === null) return
    if (window.isMinimized()) window.restore()
    window.focus()
  })
}
