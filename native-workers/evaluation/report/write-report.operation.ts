import { writeFile } from 'node:fs/promises'
import { extname } from 'node:path'
import { UserError } from '../../contract/errors.js'
import {
  type WriteReportInput,
  type WriteReportOutput,
  type WriteReportReport,
  writeReportReportSchema,
} from '../../contract/operations/report.js'
import { type Operation } from '../../contract/progress.js'
import { runRecorded, type StageOutput } from '../../imaging/provenance/run-recorded.js'
import { renderFigure } from '../figure/canvas.js'
import { openSavedRegistration } from '../saved-registration/open-saved-registration.js'
import { readSavedRegistration } from '../saved-registration/read-saved-registration.js'
import { recordedInputs } from '../saved-registration/recorded-inputs.js'
import { registrationReport } from './registration-report.js'

const dotsPerInch = 300
const formats = { '.pdf': 'pdf', '.svg': 'svg', '.png': 'png' } as const

/**
 * Writes the report of a saved registration as one page. Errors: `format-unsupported`, those of `registrationReport`,
 * `openSavedRegistration` and `runRecorded`.
 */
export const writeReport: Operation<WriteReportInput, WriteReportOutput> = async (input, context) => {
  const { signal, onProgress } = context
  const { resultPath, outputPath, title, withFileNames, force } = input
  const format = formatOf(outputPath)
  const tell = (phase: string, fraction: number, message: string): void =>
    onProgress({ phase, fraction, message, elapsedMs: 0, remainingMs: null })
  tell('open', 0, 'Reading the result and its inputs')
  const record = await readSavedRegistration(resultPath, signal)

  async function produce(stage: StageOutput): Promise<WriteReportReport> {
    const stagedPath = await stage(outputPath)
    const saved = await openSavedRegistration(resultPath, context)
    tell('draw', 0.5, 'Drawing the report')
    const { figure, notes } = await registrationReport(saved, { title, withFileNames, dotsPerInch, signal })
    const bytes = await renderFigure(figure, format, dotsPerInch)
    await writeFile(stagedPath, bytes)
    return { file: outputPath, bytes: bytes.byteLength, notes: [...notes] }
  }

  const step = {
    operation: 'write-report',
    settings: { title, withFileNames },
    inputs: recordedInputs(record),
    recordPath: `${outputPath}.provenance.json`,
    force,
  }
  const { report, isUpToDate } = await runRecorded(step, writeReportReportSchema, produce, signal)
  return { ...report, isUpToDate }
}

function formatOf(path: string): 'pdf' | 'svg' | 'png' {
  const ending = extname(path).toLowerCase()
  if (ending === '.pdf' || ending === '.svg' || ending === '.png') return formats[ending]
  throw new UserError(
    'format-unsupported',
    `A report can't be written to "${path}": its ending is not known.`,
    'Use .pdf, .svg or .png.',
  )
}
