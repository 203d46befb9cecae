import { writeFile } from 'node:fs/promises'
import type { PhotographJob } from '../../native-workers/contract/files/browser-job.js'
import { openScenePage, picturePng } from './scene-page.js'

/** Writes the picture that a page shows once it is ready. */
export async function photograph({ outputPath, ...page }: PhotographJob): Promise<void> {
  const window = await openScenePage(page)
  await writeFile(outputPath, await picturePng(window, page.size))
  window.destroy()
}
