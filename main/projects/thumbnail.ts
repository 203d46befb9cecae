import type { BrowserWindow, Rectangle } from 'electron'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { thumbnailName } from './recent-projects.js'

const widthPx = 360
/** After the last save, so that the views are drawn and a drag is not held up by it. */
const restMs = 1500

/** Takes a project's picture once its work rests. It is only a picture: failures are passed over. */
export class ThumbnailTaker {
  private timer: NodeJS.Timeout | null = null

  takeSoon(window: BrowserWindow, folder: string, area: Rectangle): void {
    this.forget()
    this.timer = setTimeout(() => void take(window, folder, area), restMs).unref()
  }

  forget(): void {
    if (this.timer !== null) clearTimeout(this.timer)
  }
}

async function take(window: BrowserWindow, folder: string, area: Rectangle): Promise<void> {
  try {
    if (window.isDestroyed() || window.isMinimized()) return
    const picture = await window.webContents.capturePage(area)
    if (picture.isEmpty()) return
    await writeFile(join(folder, thumbnailName), picture.resize({ width: widthPx, quality: 'good' }).toPNG())
  } catch {
    // The window closed meanwhile, or the folder is gone.
  }
}
