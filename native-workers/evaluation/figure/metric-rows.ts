import { type PictureMetrics } from '../../contract/operations/evaluate-registration.js'

type NumberMetric = Exclude<keyof PictureMetrics, 'correlationShiftPixels'>

/** How a metric is named, written and read; `better` tells which of two values is. */
export interface MetricRow {
  readonly key: NumberMetric
  readonly label: string
  readonly digits: number
  readonly better: 'higher' | 'lower'
}

export const metricRows: readonly MetricRow[] = [
  { key: 'meanSquaredError', label: 'MSE', digits: 1, better: 'lower' },
  { key: 'structuralSimilarity', label: 'SSIM', digits: 4, better: 'higher' },
  { key: 'normalizedMutualInformation', label: 'NMI', digits: 4, better: 'higher' },
  { key: 'correlationMaximum', label: 'NCC, best shift', digits: 4, better: 'higher' },
  { key: 'correlation', label: 'NCC, zero shift', digits: 4, better: 'higher' },
  { key: 'gradientCorrelation', label: 'Gradient NCC', digits: 4, better: 'higher' },
  { key: 'edgeDistancePixels', label: 'Edge distance (px)', digits: 2, better: 'lower' },
  { key: 'edgeDistanceMm', label: 'Edge distance (mm)', digits: 3, better: 'lower' },
]

/** A figure as text with a true minus; a dash where it is not defined. */
export function metricText(value: number | null, digits: number): string {
  return value === null ? '–' : value.toFixed(digits).replace('-', '−')
}

/** The shift [columns, rows] that the best correlation takes. */
export function shiftText({ correlationShiftPixels: shift }: PictureMetrics): string {
  return shift === null ? '–' : `${metricText(shift[0], 0)}, ${metricText(shift[1], 0)}`
}

/** Which of the values are the best of their row, as they are shown; none where all are alike. */
export function bestOf(
  values: readonly (number | null)[],
  { digits, better }: MetricRow,
): readonly boolean[] {
  const shown = values.map((value) => (value === null ? null : Number(value.toFixed(digits))))
  const known = shown.filter((value) => value !== null)
  const best = better === 'higher' ? Math.max(...known) : Math.min(...known)
  const isDecided = known.some((value) => value !== best)
  return shown.map((value) => isDecided && value === best)
}
