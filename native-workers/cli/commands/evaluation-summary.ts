import { type BatchRow } from '../../contract/operations/batch.js'
import { type EvaluateCohortOutput } from '../../contract/operations/evaluate-cohort.js'
import {
  type EvaluateRegistrationOutput,
  type PictureMetrics,
  type ViewEvaluation,
} from '../../contract/operations/evaluate-registration.js'
import { parseOperationOutput } from '../../contract/operations/parse-input.js'
import { join } from 'node:path'
import { factsTable } from '../terminal/facts-table.js'
import { textTable } from '../terminal/text-table.js'

const digits = (value: number | null | undefined, decimals: number): string =>
  value === null || value === undefined ? '-' : value.toFixed(decimals)

const metricColumns: readonly (readonly [string, (metrics: PictureMetrics) => string])[] = [
  ['MSE', ({ meanSquaredError }) => digits(meanSquaredError, 1)],
  ['SSIM', ({ structuralSimilarity }) => digits(structuralSimilarity, 4)],
  ['NMI', ({ normalizedMutualInformation }) => digits(normalizedMutualInformation, 4)],
  ['NCC max', ({ correlationMaximum }) => digits(correlationMaximum, 4)],
  ['NCC', ({ correlation }) => digits(correlation, 4)],
  ['gNCC', ({ gradientCorrelation }) => digits(gradientCorrelation, 4)],
  ['edges px', ({ edgeDistancePixels }) => digits(edgeDistancePixels, 2)],
  ['edges mm', ({ edgeDistanceMm }) => digits(edgeDistanceMm, 3)],
]

/** One case: verdict and errors, a table of its metrics, and what was written. */
export function evaluationText(output: EvaluateRegistrationOutput, folder: string): string {
  const { verdict, expectedErrorMm, initialErrors, finalErrors, files, isUpToDate } = output
  const facts = factsTable([
    { name: 'verdict', value: [verdict.level, ...verdict.reasons].join(': ') },
    ...(expectedErrorMm === null
      ? []
      : [{ name: 'expected error', value: `${digits(expectedErrorMm, 2)} mm` }]),
    ...(finalErrors === null
      ? []
      : [
          {
            name: 'mTRE',
            value: `${digits(finalErrors.mTreMm, 3)} mm (initially ${digits(initialErrors?.mTreMm, 3)} mm)`,
          },
          { name: 'rotation error', value: `${digits(finalErrors.rotationErrorDeg, 3)} degrees` },
        ]),
    ...(isUpToDate ? [{ name: 'state', value: 'up to date, nothing was done' }] : []),
  ])
  const header = ['view', 'DRR', 'pixels', ...metricColumns.map(([name]) => name)]
  const table = textTable(header, output.views.flatMap(metricLines))
  return `${facts}\n${table}\n${files.map((file) => `${join(folder, file)}\n`).join('')}`
}

function metricLines({ xray, comparisons, validPixelFraction }: ViewEvaluation): string[][] {
  return comparisons.flatMap(({ drr, whole, inMask }) => {
    const line = (pixels: string, metrics: PictureMetrics) => [
      xray,
      drr,
      pixels,
      ...metricColumns.map(([, text]) => text(metrics)),
    ]
    return validPixelFraction === 1 ? [line('all', whole)] : [line('all', whole), line('compared', inMask)]
  })
}

/** A line per case: its errors and the means of its views' most telling metrics, over the compared pixels. */
export function rowsText(rows: readonly BatchRow[]): string {
  const header = ['case', 'state', 'verdict', 'mTRE mm', 'initially', 'SSIM', 'NCC', 'gNCC', 'message']
  return textTable(
    header,
    rows.map(({ name, state, message, output }) => {
      if (state === 'failed') return [name, state, '', '', '', '', '', '', message]
      const evaluated = parseOperationOutput('evaluate-registration', output)
      const meanOf = (key: 'structuralSimilarity' | 'correlation' | 'gradientCorrelation') => {
        const values = evaluated.views
          .map(({ comparisons }) => comparisons.find(({ drr }) => drr === 'final')?.inMask[key])
          .filter((value) => typeof value === 'number')
        return digits(values.length === 0 ? null : values.reduce((a, b) => a + b, 0) / values.length, 4)
      }
      return [
        name,
        state,
        evaluated.verdict.level,
        digits(evaluated.finalErrors?.mTreMm, 3),
        digits(evaluated.initialErrors?.mTreMm, 3),
        meanOf('structuralSimilarity'),
        meanOf('correlation'),
        meanOf('gradientCorrelation'),
        message,
      ]
    }),
  )
}

/** The cohort's spread at the final pose, its success rates, and what was written. */
export function cohortText(cohort: EvaluateCohortOutput, folder: string): string {
  const final = cohort.quantities.filter(({ pose }) => pose === 'final')
  const spread = textTable(
    ['final pose', 'n', 'p5', 'p25', 'median', 'p75', 'p95'],
    final.map((row) => [
      row.quantity,
      row.count,
      ...[row.percentile5, row.percentile25, row.median, row.percentile75, row.percentile95].map((value) =>
        digits(value, 3),
      ),
    ]),
  )
  const rates = cohort.successRates
    .filter(({ pose }) => pose === 'final')
    .map(({ thresholdMm, share, count }) => ({
      name: `mTRE below ${thresholdMm} mm`,
      value: `${(100 * share).toFixed(1)} % of ${count}`,
    }))
  const files = cohort.files.map((file) => `${join(folder, file)}\n`).join('')
  return [spread, factsTable(rates), files].filter((part) => part !== '').join('\n')
}
