import { type PreviewFigureInput, type PreviewFigureOutput } from '../../contract/operations/figure.js'
import { type Operation } from '../../contract/progress.js'
import { renderFigure } from '../figure/canvas.js'
import { openSavedRegistration } from '../saved-registration/open-saved-registration.js'
import { composeFigure, millimetresPerInch } from './compose.js'
import { inMillimetres } from './compose-figure.operation.js'

/**
 * The figure as it would be written, small and quickly: the high-quality DRR by the quick renderer, the 3D photograph
 * left empty. Errors: those of `composeFigure` and `openSavedRegistration`.
 */
export const previewFigure: Operation<PreviewFigureInput, PreviewFigureOutput> = async (input, context) => {
  const { resultPath, design, widthPixels } = input
  const saved = await openSavedRegistration(resultPath, context)
  const dotsPerInch = (widthPixels / design.widthMm) * millimetresPerInch
  const { figure, legend, notes } = await composeFigure(saved, design, {
    ...{ quality: 'preview', dotsPerInch, signal: context.signal },
    onPanel: () => undefined,
  })
  return {
    widthMm: inMillimetres(figure.widthPoints),
    heightMm: inMillimetres(figure.heightPoints),
    legend,
    notes: [...notes],
    png: Uint8Array.from(await renderFigure(figure, 'png', dotsPerInch)),
  }
}
