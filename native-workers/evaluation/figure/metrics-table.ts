import { type PictureMetrics } from '../../contract/operations/evaluate-registration.js'
import { type EvaluatePoseOutput } from '../../contract/operations/evaluate.js'
import { type FigureContext } from './canvas.js'
import { type EvaluationFigureData } from './figure-data.js'
import { bestOf, type MetricRow, metricRows, metricText, shiftText } from './metric-rows.js'
import { drawLine } from './text.js'

const lineHeight = 15
const headerHeight = 18
const noteHeight = 18
const cellStyle = { sizePoints: 9.5 } as const
const noteStyle = { sizePoints: 8, colour: '#57606a' } as const

interface TablePlace {
  readonly top: number
  readonly left: number
  readonly right: number
  /** Middles of the columns of pictures that the DRRs stand in. */
  readonly columnMiddles: readonly number[]
  readonly columnWidth: number
}

interface ErrorRow {
  readonly label: string
  readonly value: (errors: EvaluatePoseOutput) => string
}

const errorRows: readonly ErrorRow[] = [
  { label: 'mTRE (mm) ↓', value: ({ mTreMm }) => metricText(mTreMm, 3) },
  { label: 'Rotation error (°) ↓', value: ({ rotationErrorDeg }) => metricText(rotationErrorDeg, 3) },
]

const shownErrorRows = ({ errors }: EvaluationFigureData) => (errors.final === null ? [] : errorRows)

/** Metrics, the best correlation's shift, and the errors. */
const lineCount = (data: EvaluationFigureData) => metricRows.length + 1 + shownErrorRows(data).length

export function metricsTableHeight(data: EvaluationFigureData): number {
  return headerHeight + lineCount(data) * lineHeight + noteHeight
}

interface Domain {
  readonly key: 'whole' | 'inMask'
  readonly title: string
  /** From the middle of the DRR's column, in quarters of it. */
  readonly quarters: number
}

/** The whole field and the compared pixels beside each other; one column where they are the same. */
function shownDomains({ evaluation }: EvaluationFigureData): readonly Domain[] {
  if (evaluation.validPixelFraction === 1) return [{ key: 'whole', title: 'whole field', quarters: 0 }]
  return [
    { key: 'whole', title: 'whole field', quarters: -1 },
    { key: 'inMask', title: 'compared', quarters: 1 },
  ]
}

/** The metrics of every DRR below its pictures, over the whole field and over the compared pixels; the best in bold. */
export function drawMetricsTable(
  context: FigureContext,
  data: EvaluationFigureData,
  place: TablePlace,
): void {
  const { comparisons } = data.evaluation
  const domains = shownDomains(data)
  const quarter = place.columnWidth / 4
  const write = (text: string, x: number, line: number, isBold = false) => {
    const y = place.top + headerHeight + lineHeight * line + 11
    const style = { ...cellStyle, isBold, align: 'center' } as const
    drawLine(context, text, x, y, 2 * quarter - 4, style)
  }
  const label = (text: string, line: number) => {
    const y = place.top + headerHeight + lineHeight * line + 11
    drawLine(context, text, place.left + 4, y, place.columnWidth, cellStyle)
  }
  drawShades(context, place, lineCount(data))
  for (const { key, title, quarters } of domains) {
    const style = { ...cellStyle, align: 'center', colour: '#57606a' } as const
    const x = (index: number) => place.columnMiddles[index] + quarters * quarter
    for (const [index, comparison] of comparisons.entries()) {
      drawLine(context, title, x(index), place.top + 12, 2 * quarter, style)
      write(shiftText(comparison[key]), x(index), metricRows.length)
    }
    for (const [line, row] of metricRows.entries()) {
      const inBold = bests(
        comparisons.map((comparison) => comparison[key]),
        row,
      )
      for (const [index, comparison] of comparisons.entries()) {
        write(metricText(comparison[key][row.key], row.digits), x(index), line, inBold[index])
      }
    }
  }
  for (const [line, row] of metricRows.entries()) {
    label(`${row.label} ${row.better === 'lower' ? '↓' : '↑'}`, line)
  }
  label('Best shift (px; columns, rows)', metricRows.length)
  for (const [index, row] of shownErrorRows(data).entries()) {
    const line = metricRows.length + 1 + index
    label(row.label, line)
    for (const [column, { drr }] of comparisons.entries()) {
      const errors = drr === 'initial' ? data.errors.initial : data.errors.final
      write(errors === null ? '–' : row.value(errors), place.columnMiddles[column], line)
    }
  }
  const y = place.top + metricsTableHeight(data)
  drawLine(context, noteText(data), place.left, y, place.right - place.left, noteStyle)
}

function bests(metrics: readonly PictureMetrics[], row: MetricRow): readonly boolean[] {
  return bestOf(
    metrics.map((values) => values[row.key]),
    row,
  )
}

function noteText({ evaluation }: EvaluationFigureData): string {
  const { width, height, validPixelFraction } = evaluation
  const share = (100 * validPixelFraction).toFixed(validPixelFraction < 0.995 ? 0 : 1)
  const compared = validPixelFraction === 1 ? 'all compared' : `${share} % compared (light grey: not)`
  return `${width} × ${height} pixels, grey levels 0–255; ${compared}. Bold: best of its row.`
}

function drawShades(context: FigureContext, { top, left, right }: TablePlace, lines: number): void {
  context.fillStyle = '#f3f4f6'
  for (let line = 0; line < lines; line += 2) {
    context.fillRect(left, top + headerHeight + line * lineHeight, right - left, lineHeight)
  }
  context.strokeStyle = '#8c959f'
  context.lineWidth = 0.75
  context.beginPath()
  context.moveTo(left, top + headerHeight)
  context.lineTo(right, top + headerHeight)
  context.stroke()
}
