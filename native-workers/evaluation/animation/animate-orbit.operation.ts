import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { throwIfCancelled, UserError } from '../../contract/errors.js'
import {
  type AnimateOrbitInput,
  type AnimateOrbitOutput,
  type WrittenAnimation,
  writtenAnimationSchema,
} from '../../contract/operations/animate-orbit.js'
import { type Operation } from '../../contract/progress.js'
import { runRecorded, type StageOutput } from '../../imaging/provenance/run-recorded.js'
import { type BrowserEngine, findBrowserEngine } from '../browser-engine/find-browser-engine.js'
import { runBrowserJob } from '../browser-engine/run-browser-job.js'
import { createRaster, decodedPicture } from '../figure/canvas.js'
import { openSavedRegistration } from '../saved-registration/open-saved-registration.js'
import { readSavedRegistration } from '../saved-registration/read-saved-registration.js'
import { recordedInputs } from '../saved-registration/recorded-inputs.js'
import { scenePage } from '../scene/scene-page.js'
import { sinkMaker } from './frame-sink.js'

/** Shares of the work. */
const [photographFrom, encodeFrom, finishFrom] = [0.2, 0.75, 0.9]

/**
 * A registration's 3D scene turned once round the patient, as `.gif`, `.mp4` or `.webm` that runs in a loop. Errors:
 * `format-unsupported`, `runtime-missing` (no browser engine), those of `openSavedRegistration`, `volumeSurface` and
 * `runRecorded`.
 */
export const animateOrbit: Operation<AnimateOrbitInput, AnimateOrbitOutput> = async (input, context) => {
  const { signal, onProgress } = context
  const { resultPath, outputPath, force, ...settings } = input
  const { frames, framesPerSecond, size, viewpoint, background, threshold } = input
  const tell = (phase: string, fraction: number, message: string): void =>
    onProgress({ phase, fraction, message, elapsedMs: 0, remainingMs: null })
  const createSink = sinkMaker(outputPath)
  const engine = requireBrowserEngine()
  tell('open', 0, 'Reading the result and its inputs')
  const record = await readSavedRegistration(resultPath, signal)

  async function produce(stage: StageOutput): Promise<WrittenAnimation> {
    const stagedPath = await stage(outputPath)
    const saved = await openSavedRegistration(resultPath, context)
    tell('surface', 0.08, 'Drawing the surface')
    const folder = await mkdtemp(join(tmpdir(), 'isocenter-orbit-'))
    const framesFolder = join(folder, 'frames')
    const sink = await createSink({ ...size, framesPerSecond, lastSeconds: 1 / framesPerSecond })
    try {
      await mkdir(framesFolder)
      const pagePath = join(folder, 'scene.html')
      await writeFile(pagePath, await scenePage(saved, signal, threshold))
      const told = (from: number, to: number, message: string) => (fraction: number) =>
        tell('draw', from + (to - from) * fraction, message)
      await runBrowserJob(
        engine,
        {
          ...{ kind: 'photograph-orbit', pagePath, framesFolder },
          ...{ size, viewpoint, background, frameCount: frames },
        },
        { signal, onProgress: told(photographFrom, encodeFrom, 'Turning the scene') },
      )
      const raster = createRaster(size.width, size.height)
      for (let frame = 0; frame < frames; frame++) {
        throwIfCancelled(signal)
        told(encodeFrom, finishFrom, `Adding frame ${frame + 1} of ${frames}`)(frame / frames)
        const picture = await decodedPicture(await readFile(join(framesFolder, `${frame}.png`)))
        raster.context.drawImage(picture, 0, 0, size.width, size.height)
        await sink.add(raster, frame === frames - 1)
      }
      const codec = await sink.finish(stagedPath, {
        signal,
        onProgress: told(finishFrom, 1, `Writing ${basename(outputPath)}`),
      })
      return {
        ...{ file: outputPath, frames, framesPerSecond, codec },
        ...{ seconds: frames / framesPerSecond, width: size.width, height: size.height },
        bytes: (await stat(stagedPath)).size,
        notes: [],
      }
    } finally {
      await sink.dispose()
      await rm(folder, { recursive: true, force: true })
    }
  }

  const step = {
    operation: 'animate-orbit',
    settings,
    inputs: recordedInputs(record),
    recordPath: `${outputPath}.provenance.json`,
    force,
  }
  const { report, isUpToDate } = await runRecorded(step, writtenAnimationSchema, produce, signal)
  return { ...report, isUpToDate }
}

function requireBrowserEngine(): BrowserEngine {
  const engine = findBrowserEngine()
  if (engine !== null) return engine
  throw new UserError(
    'runtime-missing',
    'A scene is turned by the application’s browser engine (Electron), and there is none here.',
    'Name an Electron in ISOCENTER_ELECTRON.',
  )
}
