import { writeFile } from 'node:fs/promises'
import { extname } from 'node:path'
import { UserError } from '../../contract/errors.js'
import {
  type ComposeFigureInput,
  type ComposeFigureOutput,
  type ComposeFigureReport,
  composeFigureReportSchema,
} from '../../contract/operations/figure.js'
import { type Operation } from '../../contract/progress.js'
import { type RecordedStep, runRecorded, type StageOutput } from '../../imaging/provenance/run-recorded.js'
import { findBrowserEngine } from '../browser-engine/find-browser-engine.js'
import { pixelsOf, pointsPerInch, type RenderedFormat, renderFigure } from '../figure/canvas.js'
import { openSavedRegistration } from '../saved-registration/open-saved-registration.js'
import { readSavedRegistration } from '../saved-registration/read-saved-registration.js'
import { recordedInputs } from '../saved-registration/recorded-inputs.js'
import { composeFigure, millimetresPerInch } from './compose.js'

const formats: Readonly<Record<string, RenderedFormat>> = {
  '.png': 'png',
  '.tif': 'tiff',
  '.tiff': 'tiff',
  '.svg': 'svg',
  '.pdf': 'pdf',
}
/** Shares of the work. */
const [opened, drawn] = [0.15, 0.9]

/**
 * Writes a figure of chosen panels of a saved registration: `.png` or `.tiff` with their resolution, `.svg` or `.pdf`
 * whose text stays text. Errors: `format-unsupported`, those of `composeFigure`, `openSavedRegistration` and
 * `runRecorded`.
 */
export const composeFigureFile: Operation<ComposeFigureInput, ComposeFigureOutput> = async (
  input,
  context,
) => {
  const { signal, onProgress } = context
  const { resultPath, outputPath, design, force } = input
  const format = formatOf(outputPath)
  const tell = (phase: string, fraction: number, message: string): void =>
    onProgress({ phase, fraction, message, elapsedMs: 0, remainingMs: null })
  tell('open', 0, 'Reading the result and its inputs')
  const record = await readSavedRegistration(resultPath, signal)

  async function produce(stage: StageOutput): Promise<ComposeFigureReport> {
    const stagedPath = await stage(outputPath)
    const saved = await openSavedRegistration(resultPath, context)
    const count = design.panels.length
    const { figure, legend, notes } = await composeFigure(saved, design, {
      ...{ quality: 'final', dotsPerInch: design.dotsPerInch, signal },
      onPanel: (index, fraction) => {
        const share = opened + ((drawn - opened) * (index + fraction)) / count
        tell('draw', share, `Drawing panel ${index + 1} of ${count}`)
      },
    })
    tell('write', drawn, 'Writing the figure')
    const bytes = await renderFigure(figure, format, design.dotsPerInch)
    await writeFile(stagedPath, bytes)
    const { widthPoints, heightPoints } = figure
    const isRaster = format === 'png' || format === 'tiff'
    return {
      file: outputPath,
      widthMm: inMillimetres(widthPoints),
      heightMm: inMillimetres(heightPoints),
      pixels: isRaster
        ? {
            width: pixelsOf(widthPoints, design.dotsPerInch),
            height: pixelsOf(heightPoints, design.dotsPerInch),
          }
        : null,
      bytes: bytes.byteLength,
      legend,
      notes: [...notes],
    }
  }

  const showsScene = design.panels.some(({ content }) => content.kind === 'scene')
  const { labels } = design.slices
  const inputs: RecordedStep['inputs'][number][] = recordedInputs(record)
  if (labels !== undefined) inputs.push({ role: 'shown labels', path: labels.path })
  const step: RecordedStep = {
    operation: 'compose-figure',
    settings: {
      ...design,
      slices: { ...design.slices, labels: labels?.structures ?? null },
      // A later run that has a browser engine takes the photograph that this one could not.
      ...(showsScene && { hasBrowserEngine: findBrowserEngine() !== null }),
    },
    inputs,
    recordPath: `${outputPath}.provenance.json`,
    force,
  }
  const { report, isUpToDate } = await runRecorded(step, composeFigureReportSchema, produce, signal)
  return { ...report, isUpToDate }
}

export const inMillimetres = (points: number): number =>
  Math.round((points / pointsPerInch) * millimetresPerInch * 10) / 10

function formatOf(path: string): RenderedFormat {
  const format = formats[extname(path).toLowerCase()]
  if (format !== undefined) return format
  throw new UserError(
    'format-unsupported',
    `A figure can't be written to "${path}": its ending is not known.`,
    'Use .png, .tiff, .svg or .pdf.',
  )
}
