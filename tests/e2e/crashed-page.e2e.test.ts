import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchApplication, type RunningApplication } from './launch.js'

let application: RunningApplication

beforeAll(async () => {
  application = await launchApplication()
})
afterAll(() => application.close())

describe('a page whose process crashed', () => {
  it('is loaded again', async () => {
    const title = await application.app.evaluate(async ({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows()
      if (window === undefined) return 'there is no window'
      const loadedAgain = new Promise((resolve) =>
        window.webContents.once('did-finish-load', () => resolve(null)),
      )
      window.webContents.forcefullyCrashRenderer()
      await loadedAgain
      return window.webContents.executeJavaScript('document.title') as Promise<unknown>
    })
    expect(title).toMatch(/Isocenter/)
  })
})
