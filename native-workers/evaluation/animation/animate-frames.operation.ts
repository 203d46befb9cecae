import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { throwIfCancelled, UserError } from '../../contract/errors.js'
import {
  type AnimateFramesInput,
  type AnimateFramesOutput,
} from '../../contract/operations/animate-frames.js'
import { type WrittenAnimation, writtenAnimationSchema } from '../../contract/operations/animate-orbit.js'
import { type Operation } from '../../contract/progress.js'
import { areaResample } from '../../imaging/picture/area-resample.js'
import { runRecorded, type StageOutput } from '../../imaging/provenance/run-recorded.js'
import { type GreyRange, greyRange, matchedRange } from '../display/grey-levels.js'
import { openSavedRegistration, renderSavedView } from '../saved-registration/open-saved-registration.js'
import {
  readSavedRegistration,
  type RegistrationRecord,
} from '../saved-registration/read-saved-registration.js'
import { recordedInputs } from '../saved-registration/recorded-inputs.js'
import { FrameDrawer } from './frame-drawer.js'
import { layOutFrame } from './frame-layout.js'
import { frameResults } from './frame-results.js'
import { sinkMaker } from './frame-sink.js'
import { sequenceContent } from './sequence-content.js'

/** Shares of the work. */
const [drawFrom, encodeFrom] = [0.05, 0.92]

/**
 * Shows the registrations of a multi-frame X-ray one after the other: X-ray, DRR, their difference or edges, and the
 * similarity of all frames beneath. Greys are those of the first frame throughout, so that nothing but the patient
 * changes them. Errors: `format-unsupported`, `runtime-missing`, `input-invalid` (no such X-ray, or pictures of another
 * shape, fewer than two results), those of `openSavedRegistration` and `runRecorded`.
 */
export const animateFrames: Operation<AnimateFramesInput, AnimateFramesOutput> = async (input, context) => {
  const { signal, onProgress } = context
  const { resultPaths, outputPath, force, ...settings } = input
  const { viewIndex, panels, framesPerSecond } = input
  const tell = (phase: string, fraction: number, message: string): void =>
    onProgress({ phase, fraction, message, elapsedMs: 0, remainingMs: null })
  const createSink = sinkMaker(outputPath)
  const records: RegistrationRecord[] = []
  const paths = await frameResults(resultPaths)
  for (const [index, path] of paths.entries()) {
    tell('open', (drawFrom * index) / paths.length, 'Reading the results')
    records.push(await readSavedRegistration(path, signal))
  }
  requireViews(records, viewIndex)

  async function produce(stage: StageOutput): Promise<WrittenAnimation> {
    const stagedPath = await stage(outputPath)
    const { width, height } = records[0].result.views[viewIndex].camera.imageSize
    const layout = layOutFrame(panels.length, { width, height }, input.width)
    const size = layout.panel.width < width ? layout.panel : { width, height }
    const drawer = new FrameDrawer(layout, panels, sequenceContent(records.map(frameOf(viewIndex))))
    const sink = await createSink({ ...layout, framesPerSecond, lastSeconds: 1 / framesPerSecond })
    let greys: { readonly xrayRange: GreyRange; readonly drrRange: GreyRange } | null = null
    try {
      for (const [index, { resultPath }] of records.entries()) {
        await setImmediate()
        throwIfCancelled(signal)
        const share = drawFrom + (encodeFrom - drawFrom) * (index / records.length)
        tell('draw', share, `Drawing frame ${index + 1} of ${records.length}`)
        const quiet = { signal, onProgress: () => undefined }
        const saved = await openSavedRegistration(resultPath, quiet)
        const xray = areaResample(saved.views[viewIndex].picture, size.width, size.height)
        const drr = renderSavedView(saved, viewIndex, saved.result.final.worldFromVolume, size)
        if (greys === null) {
          const xrayRange = greyRange(xray)
          greys = { xrayRange, drrRange: matchedRange(drr, xray, xrayRange) }
        }
        drawer.draw(index, { xray, drr, ...greys })
        await sink.add(drawer.raster, index === records.length - 1)
      }
      const onEncoded = (done: number) =>
        tell('encode', encodeFrom + (1 - encodeFrom) * done, `Writing ${basename(outputPath)}`)
      const codec = await sink.finish(stagedPath, { signal, onProgress: onEncoded })
      return {
        ...{ file: outputPath, frames: records.length, framesPerSecond, codec },
        ...{ seconds: records.length / framesPerSecond, width: layout.width, height: layout.height },
        bytes: (await stat(stagedPath)).size,
        notes: [],
      }
    } finally {
      await sink.dispose()
    }
  }

  const step = {
    operation: 'animate-frames',
    settings,
    inputs: records.flatMap((record, index) =>
      recordedInputs(record).map(({ role, path }) => ({ role: `frame ${index + 1}: ${role}`, path })),
    ),
    recordPath: `${outputPath}.provenance.json`,
    force,
  }
  const { report, isUpToDate } = await runRecorded(step, writtenAnimationSchema, produce, signal)
  return { ...report, isUpToDate }
}

const frameOf =
  (viewIndex: number) =>
  ({ folder, result }: RegistrationRecord) => ({
    name: basename(folder),
    verdict: result.verdict.level,
    similarity: result.views[viewIndex].similarity?.final.gmncc ?? null,
  })

function requireViews(records: readonly RegistrationRecord[], viewIndex: number): void {
  const cameras = records.map(({ result }) => result.views.at(viewIndex)?.camera)
  const absent = cameras.findIndex((camera) => camera === undefined)
  if (absent >= 0) {
    throw new UserError(
      'input-invalid',
      `"${records[absent].resultPath}" has no X-ray ${viewIndex + 1}.`,
      'Choose another --view.',
    )
  }
  const aspects = cameras.map((camera) =>
    camera === undefined ? NaN : camera.imageSize.height / camera.imageSize.width,
  )
  const other = aspects.findIndex((aspect) => Math.abs(aspect / aspects[0] - 1) > 0.01)
  if (other < 0) return
  throw new UserError(
    'input-invalid',
    `The X-ray of "${records[other].resultPath}" has another shape than that of the first frame.`,
    'Name the results of one multi-frame X-ray.',
  )
}
