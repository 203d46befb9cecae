import { type SuccessRate } from '../../contract/operations/evaluate-cohort.js'
import { type ComparedDrr } from '../../contract/operations/evaluate-registration.js'
import { drawBoxPanel, type PanelBox } from './box-panel.js'
import { type Figure } from './canvas.js'
import { drawLine } from './text.js'
import { errorAxis, linearAxis } from './value-axis.js'

export interface CohortFigureData {
  readonly title: string
  readonly cases: number
  readonly failed: number
  readonly values: readonly {
    readonly quantity: string
    readonly label: string
    readonly pose: ComparedDrr
    readonly values: readonly number[]
  }[]
  readonly successRates: readonly SuccessRate[]
}

const widthPoints = 760
const margin = { left: 28, right: 28, top: 40, bottom: 30 }
const columns = 3
const panelHeight = 210
const headHeight = 48
const boxLabels: Readonly<Record<ComparedDrr, { readonly label: string; readonly colour: string }>> = {
  initial: { label: 'initial', colour: '#d4a72c' },
  final: { label: 'final', colour: '#2c728e' },
  'high-quality': { label: 'high-quality', colour: '#5ec962' },
}

/** Errors against the truth; all others are metrics. */
const errorQuantities: readonly string[] = ['mtre_mm', 'rotation_error_deg']

/** Box plots of a cohort, one panel per quantity: errors where the truth is known, then the metrics. */
export function cohortFigure(data: CohortFigureData): Figure {
  const shown = withoutRepeatedEdges(data.values)
  const labels = [...new Set(shown.map(({ label }) => label))]
  const rows = Math.ceil(labels.length / columns)
  const panelWidth = (widthPoints - margin.left - margin.right) / columns
  return {
    widthPoints,
    heightPoints: margin.top + headHeight + rows * panelHeight + margin.bottom,
    title: data.title,
    draw: (context) => {
      const width = widthPoints - margin.left - margin.right
      drawLine(context, data.title, margin.left, margin.top, width, { sizePoints: 15, isBold: true })
      for (const [line, text] of [casesText(data), ratesText(data.successRates)].entries()) {
        drawLine(context, text, margin.left, margin.top + 18 + 14 * line, width, { sizePoints: 9.5 })
      }
      for (const [index, label] of labels.entries()) {
        const quantities = shown.filter((quantity) => quantity.label === label)
        const boxes = quantities.map(({ pose, values }): PanelBox => ({ ...boxLabels[pose], values }))
        const all = quantities.flatMap(({ values }) => values)
        const isError = quantities.some(({ quantity }) => errorQuantities.includes(quantity))
        const axis = isError ? errorAxis(all) : linearAxis(all)
        const place = {
          left: margin.left + (index % columns) * panelWidth,
          top: margin.top + headHeight + Math.floor(index / columns) * panelHeight,
          width: panelWidth,
          height: panelHeight,
        }
        drawBoxPanel(context, label, boxes, axis, place)
      }
      const note =
        'Boxes: quartiles and median; whiskers: 5th and 95th percentile; points: cases (errors) or views (metrics, over the compared pixels).'
      const y = margin.top + headHeight + rows * panelHeight + 14
      drawLine(context, note, margin.left, y, width, { sizePoints: 8, colour: '#57606a' })
    },
  }
}

/** The edges' distance in pixels says nothing more where all views have it in mm. */
function withoutRepeatedEdges(values: CohortFigureData['values']): CohortFigureData['values'] {
  const countOf = (name: string) =>
    values.reduce((sum, { quantity, values: own }) => sum + (quantity === name ? own.length : 0), 0)
  if (countOf('edgeDistanceMm') < countOf('edgeDistancePixels')) return values
  return values.filter(({ quantity }) => quantity !== 'edgeDistancePixels')
}

function casesText({ cases, failed }: CohortFigureData): string {
  const evaluated = cases === 1 ? '1 case' : `${cases} cases`
  return failed === 0 ? evaluated : `${evaluated}; ${failed} more could not be evaluated`
}

function ratesText(rates: readonly SuccessRate[]): string {
  const final = rates.filter(({ pose }) => pose === 'final')
  if (final.length === 0) return ''
  const shares = final.map(
    ({ thresholdMm, share }) => `${(100 * share).toFixed(0)} % below ${thresholdMm} mm`,
  )
  return `Final mTRE of ${final[0].count}: ${shares.join(', ')}`
}
