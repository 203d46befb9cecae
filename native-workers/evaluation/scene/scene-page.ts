import { sceneInputSchema } from '../../contract/operations/scene.js'
import { type SavedRegistration } from '../saved-registration/open-saved-registration.js'
import { volumeSurface } from '../surface/volume-surface.js'
import { describeScene } from './describe-scene.js'
import { packSurface } from './pack.js'
import { sceneHtml } from './scene-html.js'
import { sceneVolume } from './scene-volume.js'
import { readViewerScript } from './viewer-script.js'

/** What shapes the surface. */
const surfaceOptions = sceneInputSchema.pick({
  threshold: true,
  parts: true,
  smoothingIterations: true,
  maxTriangles: true,
})
/** The page of a registration's scene, as `isocenter scene` writes it but for the threshold. */
export async function scenePage(
  saved: SavedRegistration,
  signal: AbortSignal,
  threshold?: number,
): Promise<string> {
  const options = surfaceOptions.parse({ threshold })
  const volume = await sceneVolume(undefined, saved.input, signal)
  const { mesh } = volumeSurface(volume, options, signal)
  const { document } = await describeScene(saved, volume, {
    surface: await packSurface(mesh),
    threshold: options.threshold,
  })
  return sceneHtml(document, await readViewerScript())
}
