import { BrowserWindow } from 'electron'

/**
 * A window that is never shown but paints as if it were. Its page is isolated from this process. Content size in
 * pixels, one to a CSS pixel.
 */
export function hiddenWindow({ width, height }: { width: number; height: number }): BrowserWindow {
  return new BrowserWindow({
    ...{ width, height, useContentSize: true, show: false, frame: false },
    backgroundColor: '#08090a',
    webPreferences: {
      offscreen: true,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      backgroundThrottling: false,
    },
  })
}
