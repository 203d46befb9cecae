import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { RunningApplication } from './launch.js'

/** A folder for pictures of the window, to be looked at; none are taken without it. */
const folder = process.env['ISOCENTER_PICTURES']
const sizes = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
]

/** Takes a picture of the window in the smallest and the usual size; the window then has its own size again. */
export async function photograph({ app, window }: RunningApplication, name: string): Promise<void> {
  if (folder === undefined) return
  await mkdir(folder, { recursive: true })
  const ownSize = await window.evaluate(() => ({
    width: globalThis.innerWidth,
    height: globalThis.innerHeight,
  }))
  for (const size of [...sizes, ownSize]) {
    await app.evaluate(
      ({ BrowserWindow }, { width, height }) =>
        BrowserWindow.getAllWindows()[0]?.setContentSize(width, height),
      size,
    )
    await window.waitForFunction((width) => Math.abs(globalThis.innerWidth - width) < 4, size.width)
    if (size !== ownSize) await window.screenshot({ path: join(folder, `${name}-${size.width}.png`) })
  }
}
