import type { FigureContent } from '../../../../native-workers/contract/operations/figure.js'
import type { WindowRequest } from '../../../../native-workers/contract/window/bridge.js'
import type { WindowLevel } from '../../../stores/views.js'
import { text } from '../../../text/en.js'
import { option } from '../../shared/command-line.js'
import { joinPath } from '../../shared/paths.js'
import { missing, type Prepared } from '../../shared/prepared.js'
import type { ResultSituation } from '../../shared-result/result-step.js'
import { columnWidthsMm, initialFigure, type FigureForm } from './figure-form.js'

/** How the views show slices, which the figure takes over. */
export interface SliceSituation {
  readonly windowLevel: WindowLevel
  /** Null without a label map. */
  readonly labels: {
    readonly path: string
    readonly structures: readonly number[]
    readonly opacity: number
    /** Those that a person chose. */
    readonly colours: ReadonlyMap<number, string>
    /** The shown map differs from its file. */
    readonly isEdited: boolean
  } | null
}

type FigureRequest = WindowRequest<'compose-figure'>
type DesignRequest = FigureRequest['design']

/** The design of a form, or what is missing for it. */
export function figureDesign(form: FigureForm, slices: SliceSituation): Prepared<DesignRequest> {
  const { panels, width, fontSizePoints, columns, letters, dotsPerInch } = form
  const { labels, windowLevel } = slices
  if (panels.length === 0) return missing(text.exporting.missing.panels)
  const showsSlices = panels.some(({ content }) => content.kind === 'slice')
  const showsLabels = form.showsLabels && labels !== null && showsSlices
  if (showsLabels && labels.isEdited) return missing(text.exporting.missing.savedLabels)
  if (showsLabels && labels.structures.length === 0) return missing(text.exporting.missing.shownLabels)
  return {
    kind: 'ready',
    request: {
      ...{ columns, fontSizePoints, letters, dotsPerInch },
      panels: panels.map(({ content, caption }) => ({
        content,
        caption: caption.trim() === '' ? undefined : caption.trim(),
      })),
      widthMm: columnWidthsMm[width],
      background: form.background,
      scaleBars: form.scaleBars,
      colourBar: form.colourBar,
      slices: {
        ...(showsSlices && { windowHu: windowLevel.width, levelHu: windowLevel.centre }),
        ...(showsLabels && {
          labels: { path: labels.path, structures: [...labels.structures] },
          labelOpacity: labels.opacity,
          labelColours: Object.fromEntries(
            [...labels.colours].map(([label, colour]) => [String(label), colour]),
          ),
        }),
      },
    },
  }
}

export function prepareFigure(
  { resultPath, outputFolder, caseName }: ResultSituation,
  form: FigureForm,
  slices: SliceSituation,
): Prepared<FigureRequest> {
  const design = figureDesign(form, slices)
  if (design.kind === 'missing') return design
  const outputPath = joinPath(outputFolder, 'export', `${caseName}-figure.${form.format}`)
  return { kind: 'ready', request: { resultPath, outputPath, design: design.request } }
}

/** The command that writes the same figure. */
export function figureCommand({ resultPath, outputPath, design }: FigureRequest): readonly string[] {
  const { panels, columns, widthMm, fontSizePoints, dotsPerInch, letters, background, slices } = design
  const captions = panels.map(({ caption }) => caption)
  const showsSlices = panels.some(({ content }) => content.kind === 'slice')
  const hasCaptions = captions.some((caption) => caption !== undefined)
  return [
    ...['isocenter', 'figure', resultPath],
    ...['--panels', panels.map(({ content }) => panelWord(content)).join(',')],
    ...(hasCaptions ? ['--captions', ...captions.map((caption) => caption ?? '-')] : []),
    ...option('--columns', columns, initialFigure.columns),
    ...option('--width', widthWord(widthMm), 'double'),
    ...option('--font-size', fontSizePoints, initialFigure.fontSizePoints),
    ...option('--dpi', dotsPerInch, initialFigure.dotsPerInch),
    ...option('--letters', letters, initialFigure.letters),
    ...option('--background', background, initialFigure.background),
    ...(design.scaleBars === false ? ['--no-scale-bar'] : []),
    ...(design.colourBar === false ? ['--no-colour-bar'] : []),
    ...(showsSlices ? ['--window', `${slices?.windowHu},${slices?.levelHu}`] : []),
    ...(slices?.labels === undefined
      ? []
      : [
          ...['--labels', slices.labels.path, '--structures', (slices.labels.structures ?? []).join(',')],
          ...option('--label-opacity', slices.labelOpacity, 0.4),
          ...colourWords(slices.labelColours ?? {}),
        ]),
    ...['--out', outputPath],
  ]
}

function colourWords(colours: Readonly<Record<string, string>>): string[] {
  const words = Object.entries(colours).map(([label, colour]) => `${label}=${colour.replace('#', '')}`)
  return words.length === 0 ? [] : ['--label-colours', words.join(',')]
}

function widthWord(widthMm: number | undefined): string {
  const found = Object.entries(columnWidthsMm).find(([, width]) => width === widthMm)
  return found?.[0] ?? String(widthMm)
}

type ContentRequest = DesignRequest['panels'][number]['content'] | FigureContent

function panelWord(content: ContentRequest): string {
  switch (content.kind) {
    case 'projection':
      return (content.viewIndex ?? 0) === 0
        ? content.picture
        : `${content.picture}@${(content.viewIndex ?? 0) + 1}`
    case 'slice':
      return content.positionMm === undefined ? content.plane : `${content.plane}:${content.positionMm}`
    default:
      return content.kind
  }
}
