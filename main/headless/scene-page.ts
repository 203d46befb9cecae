import type { BrowserWindow } from 'electron'
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

/** A hidden window that shows a scene's page on a background, ready to be photographed. */
export async function openScenePage({
  pagePath,
  size,
  background,
}: Pick<PhotographJob, 'pagePath' | 'size' | 'background'>): Promise<BrowserWindow> {
  const window = hiddenWindow(size)
  const failures: string[] = []
  window.webContents.on('console-message', (_event, level, message) => {
    if (level >= 3) failures.push(message)
  })
  await window.loadFile(pagePath, { hash: background === 'dark' ? 'picture' : `picture-${background}` })
  const state: unknown = await window.webContents.executeJavaScript(pageState)
  if (state !== 'ready') throw new Error(`The page could not show itself. ${failures.join(' ')}`.trim())
  return window
}

/** What the page shows now, as PNG of exactly this size. */
export async function picturePng(window: BrowserWindow, size: PhotographJob['size']): Promise<Buffer> {
  const picture = await window.webContents.capturePage()
  return picture.resize({ ...size, quality: 'best' }).toPNG()
}
