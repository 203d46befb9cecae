import type { Rectangle } from 'electron'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { UserError } from '../../native-workers/contract/errors.js'
import { askChannels } from '../../native-workers/contract/window/channels.js'
import {
  screenshotRequestSchema,
  type ScreenshotRequest,
} from '../../native-workers/contract/window/messages.js'
import type { AppContext } from '../context.js'
import { answer, outcomeOf } from './answer.js'

/**
 * Saves what a part of the window shows as PNG. The window hands over no bytes and no file name: it names a view and a
 * folder for results, and the picture is taken and called here. Nothing is replaced.
 */
export function enableScreenshots(context: AppContext): void {
  answer(context, askChannels.saveScreenshot, screenshotRequestSchema, ({ view, area, folder }) =>
    outcomeOf(context, async () => {
      context.allowedPaths.assertOutputFolder(folder)
      if (context.window === null) throw new Error('There is no window.')
      const { webContents } = context.window
      const picture = await webContents.capturePage(zoomed(area, webContents.getZoomFactor()))
      const target = join(folder, 'screenshots')
      const path = join(target, `${view}-${timeStamp(new Date())}.png`)
      try {
        await mkdir(target, { recursive: true })
        await writeFile(path, picture.toPNG(), { flag: 'wx' })
      } catch (error) {
        throw new UserError(
          'output-unwritable',
          `The picture could not be written to "${path}": ${error instanceof Error ? error.message : String(error)}`,
          'Choose another folder for results.',
        )
      }
      return path
    }),
  )
}

/** CSS pixels of a zoomed page in those of the window. */
const zoomed = ({ x, y, width, height }: ScreenshotRequest['area'], factor: number): Rectangle => ({
  x: Math.round(x * factor),
  y: Math.round(y * factor),
  width: Math.round(width * factor),
  height: Math.round(height * factor),
})

/** "20261120-172132-123" */
function timeStamp(date: Date): string {
  const digits = date.toISOString().replaceAll(/\D/g, '')
  return `${digits.slice(0, 8)}-${digits.slice(8, 14)}-${digits.slice(14, 17)}`
}
