import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { PhotographOrbitJob } from '../../native-workers/contract/files/browser-job.js'
import { openScenePage, picturePng } from './scene-page.js'

/** Runs in the page: resolves once what was drawn last has been painted. */
const painted = 'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))'

/** Photographs a scene from all round, one picture for each of the turn's equal parts. */
export async function photographOrbit(
  { framesFolder, frameCount, viewpoint, ...page }: PhotographOrbitJob,
  onProgress: (fraction: number) => void,
): Promise<void> {
  const window = await openScenePage(page)
  for (let frame = 0; frame < frameCount; frame++) {
    const turn = `turnScene(${frame / frameCount}, ${JSON.stringify(viewpoint)})`
    await window.webContents.executeJavaScript(`${turn}; ${painted}.then(() => undefined)`)
    await writeFile(join(framesFolder, `${frame}.png`), await picturePng(window, page.size))
    onProgress((frame + 1) / frameCount)
  }
  window.destroy()
}
