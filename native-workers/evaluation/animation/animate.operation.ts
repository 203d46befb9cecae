import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { throwIfCancelled, UserError } from '../../contract/errors.js'
import {
  type AnimateInput,
  type AnimateOutput,
  type AnimateReport,
  animateReportSchema,
} from '../../contract/operations/animate.js'
import { type Operation } from '../../contract/progress.js'
import { areaResample } from '../../imaging/picture/area-resample.js'
import { runRecorded, type StageOutput } from '../../imaging/provenance/run-recorded.js'
import { greyRange, matchedRange } from '../display/grey-levels.js'
import {
  openSavedRegistration,
  renderSavedView,
  type SavedView,
} from '../saved-registration/open-saved-registration.js'
import { readSavedRegistration } from '../saved-registration/read-saved-registration.js'
import { recordedInputs } from '../saved-registration/recorded-inputs.js'
import { FrameDrawer } from './frame-drawer.js'
import { type FrameLayout, layOutFrame } from './frame-layout.js'
import { lastFrameSeconds, sinkMaker } from './frame-sink.js'
import { optimisationContent } from './optimisation-content.js'
import { selectFrames, suitableRate } from './select-frames.js'

/** Shares of the work: drawing is slow, encoding fast. */
const [drawFrom, encodeFrom] = [0.1, 0.9]

/**
 * Shows the optimisation of a saved registration as it ran (spec section 4.6): X-ray, DRR, their difference or edges,
 * and the loss beneath, as `.gif`, `.mp4` or `.webm`. Poses are the trajectory's matrices. Errors: `format-unsupported`,
 * `runtime-missing` (no codec here), `input-invalid` (no such view), those of `openSavedRegistration` and
 * `runRecorded`.
 */
export const animate: Operation<AnimateInput, AnimateOutput> = async (input, context) => {
  const { signal, onProgress } = context
  const { resultPath, outputPath, force, ...settings } = input
  const tell = (phase: string, fraction: number, message: string): void =>
    onProgress({ phase, fraction, message, elapsedMs: 0, remainingMs: null })
  const createSink = sinkMaker(outputPath)
  tell('open', 0, 'Reading the result and its inputs')
  const record = await readSavedRegistration(resultPath, signal)
  requireView(input.viewIndex, record.result.views.length)
  const frames = selectFrames(record.result, input)

  async function produce(stage: StageOutput): Promise<AnimateReport> {
    const stagedPath = await stage(outputPath)
    const saved = await openSavedRegistration(resultPath, context)
    const view = saved.views[input.viewIndex]
    const layout = layOutFrame(input.panels.length, view.picture, input.width)
    const framesPerSecond = input.framesPerSecond ?? suitableRate(frames.length)
    const drawer = new FrameDrawer(layout, input.panels, optimisationContent(frames))
    const size = comparedSize(layout, view)
    const xray = areaResample(view.picture, size.width, size.height)
    const drrAt = (index: number) =>
      renderSavedView(saved, input.viewIndex, frames[index].worldFromVolume, size)
    const xrayRange = greyRange(xray)
    const drrRange = matchedRange(drrAt(frames.length - 1), xray, xrayRange)
    const sink = await createSink({ ...layout, framesPerSecond })
    try {
      for (const index of frames.keys()) {
        // Rendering does not yield by itself, and cancelling has to get a word in.
        await setImmediate()
        throwIfCancelled(signal)
        const share = drawFrom + (encodeFrom - drawFrom) * (index / frames.length)
        tell('draw', share, `Drawing frame ${index + 1} of ${frames.length}`)
        drawer.draw(index, { xray, xrayRange, drr: drrAt(index), drrRange })
        await sink.add(drawer.raster, index === frames.length - 1)
      }
      tell('encode', encodeFrom, `Writing ${basename(outputPath)}`)
      const onEncoded = (done: number) =>
        tell('encode', encodeFrom + (1 - encodeFrom) * done, `Writing ${basename(outputPath)}`)
      const codec = await sink.finish(stagedPath, { signal, onProgress: onEncoded })
      return {
        file: outputPath,
        frames: frames.length,
        trajectoryPoints: saved.result.trajectory.length,
        framesPerSecond,
        seconds: (frames.length - 1) / framesPerSecond + lastFrameSeconds,
        width: layout.width,
        height: layout.height,
        bytes: (await stat(stagedPath)).size,
        codec,
      }
    } finally {
      await sink.dispose()
    }
  }

  const step = {
    operation: 'animate',
    settings,
    inputs: recordedInputs(record),
    recordPath: `${outputPath}.provenance.json`,
    force,
  }
  const { report, isUpToDate } = await runRecorded(step, animateReportSchema, produce, signal)
  return { ...report, isUpToDate }
}

function requireView(viewIndex: number, count: number): void {
  if (viewIndex < count) return
  throw new UserError(
    'input-invalid',
    `There is no view ${viewIndex + 1}: the result has ${count === 1 ? 'one' : count}.`,
    'Choose another --view.',
  )
}

/** The pictures are compared at the panels' size, but never finer than the X-ray is. */
function comparedSize({ panel }: FrameLayout, { picture }: SavedView): { width: number; height: number } {
  return panel.width < picture.width ? { width: panel.width, height: panel.height } : picture
}
