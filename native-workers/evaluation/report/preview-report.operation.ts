import { type PreviewReportInput, type PreviewReportOutput } from '../../contract/operations/report.js'
import { type Operation } from '../../contract/progress.js'
import { pointsPerInch, renderFigure } from '../figure/canvas.js'
import { openSavedRegistration } from '../saved-registration/open-saved-registration.js'
import { registrationReport } from './registration-report.js'

const pageWidthPoints = 595

/** The report's page as a picture. Errors: those of `registrationReport` and `openSavedRegistration`. */
export const previewReport: Operation<PreviewReportInput, PreviewReportOutput> = async (input, context) => {
  const { resultPath, title, withFileNames, widthPixels } = input
  const saved = await openSavedRegistration(resultPath, context)
  const dotsPerInch = (widthPixels / pageWidthPoints) * pointsPerInch
  const options = { title, withFileNames, dotsPerInch, signal: context.signal }
  const { figure, notes } = await registrationReport(saved, options)
  return { png: Uint8Array.from(await renderFigure(figure, 'png', dotsPerInch)), notes: [...notes] }
}
