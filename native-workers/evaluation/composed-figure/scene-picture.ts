import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findBrowserEngine } from '../browser-engine/find-browser-engine.js'
import { decodedPicture } from '../figure/canvas.js'
import { type SavedRegistration } from '../saved-registration/open-saved-registration.js'
import { photograph } from '../scene/photograph.js'
import { scenePage } from '../scene/scene-page.js'
import { type PanelPicture, type PixelSize } from './panel-picture.js'

/** The browser engine draws into a window, which has an end. */
const longestSide = 2400

export interface SceneOptions {
  readonly size: PixelSize
  readonly background: 'white' | 'black'
  /** A preview takes no photograph: the panel stays empty, and a note says so. */
  readonly quality: 'preview' | 'final'
  readonly signal: AbortSignal
}

/** The scene's photograph for a panel; a note says why there is none. Errors: `cancelled`. */
export async function scenePicture(
  saved: SavedRegistration,
  { size, background, quality, signal }: SceneOptions,
): Promise<{ readonly picture: PanelPicture | null; readonly note: string | null }> {
  if (quality === 'preview') {
    return { picture: null, note: 'The 3D photograph is taken when the figure is written.' }
  }
  const folder = await mkdtemp(join(tmpdir(), 'isocenter-scene-'))
  try {
    const pagePath = join(folder, 'scene.html')
    await writeFile(pagePath, await scenePage(saved, signal))
    const factor = Math.min(1, longestSide / Math.max(size.width, size.height))
    const outputPath = join(folder, 'scene.png')
    const refusal = await photograph(
      findBrowserEngine(),
      {
        pagePath,
        outputPath,
        background,
        size: { width: Math.round(size.width * factor), height: Math.round(size.height * factor) },
      },
      signal,
    )
    if (refusal !== null) return { picture: null, note: `There is no 3D photograph: ${refusal}` }
    return {
      picture: { picture: await decodedPicture(await readFile(outputPath)), widthMm: null },
      note: null,
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
