import { app } from 'electron'
import type { AppContext } from '../context.js'
import { isAppUrl } from './origin.js'

/** The window shows the program's own pages and nothing else: no navigation, no further windows, no webviews. */
export function enableNavigationBlock({ log }: AppContext): void {
  app.on('web-contents-created', (_, contents) => {
    contents.on('will-navigate', (event) => {
      if (isAppUrl(event.url)) return
      log(`navigation refused: ${event.url}`)
      event.preventDefault()
    })
    contents.on('will-attach-webview', (event) => event.preventDefault())
    contents.setWindowOpenHandler(({ url }) => {
      log(`new window refused: ${url}`)
      return { action: 'deny' }
    })
  })
}
