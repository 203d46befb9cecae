import { writeFile } from 'node:fs/promises'
import type { PhotographJob } from '../../native-workers/contract/files/browser-job.js'
import { hiddenWindow } from './hidden-window.js'

/** Runs in the page: its state once it has one, and two frames later, when the state's picture was painted. */
const pageState = `new Promise((resolve) => {
  const look = () => {
    const { state } = document.documentElement.dataset
    if (state === undefined) setTimeout(look, 50)
    else requestAnimationFrame(() => requestAnimationFrame(() => resolve(state)))
  }
  look()
})`

/** Writes the picture that a page shows once it is ready. */
export async function photograph({ pagePath, size, outputPath }: PhotographJob): Promise<void> {
  const window = hiddenWindow(size)
  const failures: string[] = []
  window.webContents.on('console-message', (_event, level, message) => {
    if (level >= 3) failures.push(message)
  })
  await window.loadFile(pagePath, { hash: 'picture' })
  const state: unknown = await window.webContents.executeJavaScript(pageState)
  if (state !== 'ready') throw new Error(`The page could not show itself. ${failures.join(' ')}`.trim())
  const picture = await window.webContents.capturePage()
  await writeFile(outputPath, picture.resize({ ...size, quality: 'best' }).toPNG())
  window.destroy()
}
