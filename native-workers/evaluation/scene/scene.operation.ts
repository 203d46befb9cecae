import { rename, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { throwIfCancelled } from '../../contract/errors.js'
import {
  type SceneInput,
  type SceneOutput,
  type SceneReport,
  sceneReportSchema,
} from '../../contract/operations/scene.js'
import { type Operation } from '../../contract/progress.js'
import { runRecorded, type StageOutput } from '../../imaging/provenance/run-recorded.js'
import { findBrowserEngine } from '../browser-engine/find-browser-engine.js'
import { recordedInputs } from '../saved-registration/recorded-inputs.js'
import { openSavedRegistration } from '../saved-registration/open-saved-registration.js'
import { readSavedRegistration } from '../saved-registration/read-saved-registration.js'
import { stlBytes } from '../surface/stl-file.js'
import { triangleCount } from '../surface/triangle-mesh.js'
import { volumeSurface } from '../surface/volume-surface.js'
import { describeScene } from './describe-scene.js'
import { packSurface } from './pack.js'
import { photograph } from './photograph.js'
import { sceneHtml } from './scene-html.js'
import { sceneVolume } from './scene-volume.js'
import { readViewerScript } from './viewer-script.js'

/**
 * Writes a registration as a 3D scene (spec section 4.8): `scene.html`, which any browser shows without a network,
 * `ct-surface.stl`, and, where there is a browser engine, `scene.png`. Errors: those of `openSavedRegistration`,
 * `volumeSurface` and `runRecorded`.
 */
export const scene: Operation<SceneInput, SceneOutput> = async (input, context) => {
  const { signal, onProgress } = context
  const { resultPath, folder, force, ...settings } = input
  const tell = (phase: string, fraction: number, message: string): void =>
    onProgress({ phase, fraction, message, elapsedMs: 0, remainingMs: null })
  tell('open', 0, 'Reading the result and its inputs')
  const record = await readSavedRegistration(resultPath, signal)
  const inputs = recordedInputs(record)
  if (input.volume !== undefined) inputs.push({ role: 'surface volume', path: input.volume.path })
  const engine = findBrowserEngine()
  const files = {
    html: join(folder, 'scene.html'),
    stl: join(folder, 'ct-surface.stl'),
    photograph: join(folder, 'scene.png'),
  }

  async function produce(stage: StageOutput): Promise<SceneReport> {
    const [htmlPath, stlPath] = [await stage(files.html), await stage(files.stl)]
    const saved = await openSavedRegistration(resultPath, context)
    tell('surface', 0.3, 'Drawing the surface')
    const volume = await sceneVolume(input.volume, saved.input, signal)
    throwIfCancelled(signal)
    const surface = volumeSurface(volume, input, signal)
    await writeFile(stlPath, stlBytes(surface.mesh))
    throwIfCancelled(signal)
    tell('write', 0.65, 'Writing the scene')
    const { document, notes } = await describeScene(saved, volume, {
      surface: await packSurface(surface.mesh),
      threshold: input.threshold,
    })
    await writeFile(htmlPath, sceneHtml(document, await readViewerScript()))
    tell('photograph', 0.75, 'Photographing the scene')
    const taken = { pagePath: htmlPath, size: input.photographSize, outputPath: `${htmlPath}.png` }
    const refusal = await photograph(engine, taken, signal)
    // An output that was asked for must come, so this one is asked for when it is there.
    if (refusal === null) await rename(taken.outputPath, await stage(files.photograph))
    else notes.push(`scene.png was not written: ${refusal}`)
    return {
      htmlFile: files.html,
      stlFile: files.stl,
      photographFile: refusal === null ? files.photograph : null,
      triangles: triangleCount(surface.mesh),
      surfaceSpacingMm: surface.spacingMm,
      htmlBytes: (await stat(htmlPath)).size,
      notes,
    }
  }

  const step = {
    operation: 'scene',
    // A later run that has a browser engine takes the photograph that this one could not.
    settings: { ...settings, volume: undefined, hasBrowserEngine: engine !== null },
    inputs,
    recordPath: join(folder, 'scene.provenance.json'),
    force,
  }
  const { report, isUpToDate } = await runRecorded(step, sceneReportSchema, produce, signal)
  return { ...report, isUpToDate }
}
