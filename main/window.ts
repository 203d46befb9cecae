import { app, BrowserWindow, nativeTheme } from 'electron'
import { testSwitch } from '../native-workers/contract/window/channels.js'
import type { AppContext } from './context.js'
import { allowUnloadForTest, confirmClose } from './dialogs/confirm-close.js'
import { appOrigin } from './security/origin.js'

/** Makes the one window; `show` false keeps it hidden, as the smoke test wants it. Resolves when its page is there. */
export async function openWindow(context: AppContext, { show }: { show: boolean }): Promise<void> {
  const window = new BrowserWindow({
    title: 'Isocenter',
    width: 1440,
    height: 900,
    minWidth: 1100,
    minHeight: 700,
    show: false,
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#121518' : '#eef0f2',
    webPreferences: {
      preload: context.folders.preloadScript,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      spellcheck: false,
      additionalArguments: context.options.testMode ? [testSwitch] : [],
    },
  })
  context.window = window
  // The first painted frame, so that the window does not flash; or, if nothing is painted, an honest empty window.
  if (show) window.once('ready-to-show', () => window.show())
  confirmClose(context, window)
  allowUnloadForTest(context, window)
  window.on('closed', () => {
    context.window = null
  })
  await window.loadURL(`${appOrigin}/index.html`)
  if (show && !window.isDestroyed()) window.show()
}

/** The program ends with its window, on every system: it holds one piece of work. */
export function enableQuitWithWindow(): void {
  app.on('window-all-closed', () => app.quit())
}
