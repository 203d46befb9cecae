import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { launchApplication, type RunningApplication } from './launch.js'

let application: RunningApplication

beforeAll(async () => {
  application = await launchApplication()
})
afterAll(() => application.close())

describe('a page whose process crashed', () => {
  it('is loaded again', async () => {
    const processOfPage = await crashPage(application)
    // Asked for from outside, each time anew: an event that the test missed would let it wait for ever.
    await vi.waitFor(
      async () => {
        const page = await pageNow(application)
        expect(page.process).not.toBe(processOfPage)
        expect(page.title).toMatch(/Isocenter/)
      },
      { timeout: 60_000, interval: 250 },
    )
  })
})

/** Ends the process of the window's page as a crash would; its number is returned. */
function crashPage({ app }: RunningApplication): Promise<number | undefined> {
  return app.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents
    const ended = contents?.getOSProcessId()
    contents?.forcefullyCrashRenderer()
    return ended
  })
}

/** The page's process, and the title that the loaded page gave the window. */
function pageNow({ app }: RunningApplication): Promise<{ process: number | undefined; title: string }> {
  return app.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents
    const isThere = contents !== undefined && !contents.isCrashed() && !contents.isLoading()
    return {
      process: isThere ? contents.getOSProcessId() : undefined,
      title: isThere ? contents.getTitle() : '',
    }
  })
}
