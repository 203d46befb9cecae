import { type BrowserWindow, dialog } from 'electron'
import type { AppContext } from '../context.js'
import { answerForTest } from './answers-for-tests.js'

/**
 * Asks before the window closes on running jobs, which would be cancelled; they run on while the person thinks.
 * Under test the dialog `close-with-jobs` answers "stay", or closes at once when it answers nothing.
 */
export function confirmClose(context: AppContext, window: BrowserWindow): void {
  let asks = false
  let isConfirmed = false
  window.on('close', (event) => {
    const count = context.running.jobCount
    if (isConfirmed || count === 0) return
    const forTest = answerForTest(context.options, 'close-with-jobs')
    if (forTest !== null) {
      if (forTest[0] === 'stay') event.preventDefault()
      return
    }
    event.preventDefault()
    if (asks) return
    asks = true
    void ask(window, count).then((closes) => {
      asks = false
      isConfirmed = closes
      if (closes && !window.isDestroyed()) window.close()
    })
  })
}

/**
 * The page refuses to go while it holds work that is not saved, and asks by itself. Under test it goes at once, unless
 * the dialog `close-with-edits` answers "stay".
 */
export function allowUnloadForTest(context: AppContext, window: BrowserWindow): void {
  window.webContents.on('will-prevent-unload', (event) => {
    const forTest = answerForTest(context.options, 'close-with-edits')
    if (forTest !== null && forTest[0] !== 'stay') event.preventDefault()
  })
}

async function ask(window: BrowserWindow, count: number): Promise<boolean> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'question',
    message: count === 1 ? 'A job is still running.' : `${count} jobs are still running.`,
    detail: 'Closing the window cancels what is not finished.',
    buttons: ['Cancel the jobs and close', 'Stay'],
    defaultId: 1,
    cancelId: 1,
    noLink: true,
  })
  return response === 0
}
