import { type CohortReport, type EvaluateCohortInput } from '../../contract/operations/evaluate-cohort.js'
import { type EvaluationReport } from '../../contract/operations/evaluate-registration.js'
import { type CsvCell, csvTable } from '../../imaging/text/csv-table.js'
import { metricRows } from '../figure/metric-rows.js'
import { successThresholdsMm } from './summarise-cohort.js'

const drrs = ['initial', 'final', 'high-quality'] as const
const domains = ['whole', 'inMask'] as const
const cell = (value: number | null | undefined): CsvCell => value ?? ''

const caseColumns = ['case', 'state', 'view', 'xray', 'verdict', 'expected_error_mm']
const errorColumns = drrs
  .slice(0, 2)
  .flatMap((pose) => [
    `${pose}_mtre_mm`,
    `${pose}_max_tre_mm`,
    `${pose}_rotation_error_deg`,
    `${pose}_mpd_mm`,
    `${pose}_in_plane_error_mm`,
    `${pose}_depth_error_mm`,
  ])
const pictureColumns = ['width', 'height', 'valid_pixel_fraction']
const metricColumns = drrs.flatMap((drr) =>
  domains.flatMap((domain) => [
    ...metricRows.map(({ key }) => `${drr}_${domain}_${key}`),
    `${drr}_${domain}_correlationShiftColumns`,
    `${drr}_${domain}_correlationShiftRows`,
  ]),
)

/** One row per view of every case: pose errors where the truth is known, all metrics; failed cases with their reason. */
export function evaluationCsv(
  reports: readonly { readonly name: string; readonly report: EvaluationReport }[],
  failures: EvaluateCohortInput['failures'],
): string {
  const header = [...caseColumns, ...errorColumns, ...pictureColumns, ...metricColumns, 'message']
  const rows = reports.flatMap(({ name, report }) =>
    report.views.map((_, index) => [name, 'done', ...viewCells(report, index), '']),
  )
  const failedRows = failures.map(({ name, message }) => [
    name,
    'failed',
    ...header.slice(3).map(() => ''),
    message,
  ])
  return csvTable(header, [...rows, ...failedRows])
}

function viewCells(report: EvaluationReport, index: number): CsvCell[] {
  const view = report.views[index]
  return [
    index + 1,
    view.xray,
    report.verdict.level,
    cell(report.expectedErrorMm),
    ...[report.initialErrors, report.finalErrors].flatMap((errors) => {
      const ofView = errors?.views.at(index)
      return [
        cell(errors?.mTreMm),
        cell(errors?.maxTreMm),
        cell(errors?.rotationErrorDeg),
        cell(ofView?.mPdMm),
        cell(ofView?.inPlaneErrorMm),
        cell(ofView?.depthErrorMm),
      ]
    }),
    view.width,
    view.height,
    view.validPixelFraction,
    ...drrs.flatMap((drr) => {
      const comparison = view.comparisons.find((candidate) => candidate.drr === drr)
      return domains.flatMap((domain) => {
        const metrics = comparison?.[domain]
        const shift = metrics?.correlationShiftPixels
        return [...metricRows.map(({ key }) => cell(metrics?.[key])), cell(shift?.[0]), cell(shift?.[1])]
      })
    }),
  ]
}

/** One row per quantity and pose: its spread, and for mTRE the shares below the thresholds. */
export function cohortCsv({
  quantities,
  successRates,
}: Pick<CohortReport, 'quantities' | 'successRates'>): string {
  const header = ['quantity', 'pose', 'count', 'p5', 'p25', 'median', 'p75', 'p95']
  const rateColumns = [
    ...successThresholdsMm.map((threshold) => `success_below_${threshold}_mm`),
    'success_of',
  ]
  const rows = quantities.map((row) => {
    const rates = row.quantity === 'mtre_mm' ? successRates.filter(({ pose }) => pose === row.pose) : []
    return [
      row.quantity,
      row.pose,
      row.count,
      row.percentile5,
      row.percentile25,
      row.median,
      row.percentile75,
      row.percentile95,
      ...successThresholdsMm.map((threshold) =>
        cell(rates.find(({ thresholdMm }) => thresholdMm === threshold)?.share),
      ),
      cell(rates.at(0)?.count),
    ]
  })
  return csvTable([...header, ...rateColumns], rows)
}
