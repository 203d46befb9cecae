import { type CohortQuantity, type SuccessRate } from '../../contract/operations/evaluate-cohort.js'
import { type ComparedDrr, type EvaluationReport } from '../../contract/operations/evaluate-registration.js'
import { metricRows } from '../figure/metric-rows.js'
import { percentile } from '../metrics/percentile.js'

/** mTRE in mm below which a registration counts as successful (specification §2.3). */
export const successThresholdsMm = [1, 2, 5, 10] as const

const poses: readonly ComparedDrr[] = ['initial', 'final', 'high-quality']

/** One quantity of every case, or view, that has it. */
export interface QuantityValues {
  readonly quantity: string
  readonly label: string
  readonly pose: ComparedDrr
  readonly values: readonly number[]
}

/** What is told of a cohort: errors per case where the truth is known, metrics over the compared pixels per view. */
export function cohortValues(reports: readonly EvaluationReport[]): readonly QuantityValues[] {
  const errors = (['initial', 'final'] as const).flatMap((pose) => {
    const known = reports.map((report) => errorsAt(report, pose)).filter((value) => value !== null)
    return [
      { quantity: 'mtre_mm', label: 'mTRE (mm)', pose, values: known.map(({ mTreMm }) => mTreMm) },
      {
        quantity: 'rotation_error_deg',
        label: 'Rotation error (°)',
        pose,
        values: known.map(({ rotationErrorDeg }) => rotationErrorDeg),
      },
    ]
  })
  const metrics = metricRows.flatMap(({ key, label }) =>
    poses.map((pose) => ({
      quantity: key,
      label,
      pose,
      values: reports
        .flatMap(({ views }) => views)
        .flatMap(({ comparisons }) => comparisons.filter(({ drr }) => drr === pose))
        .map(({ inMask }) => inMask[key])
        .filter((value) => value !== null),
    })),
  )
  return [...errors, ...metrics].filter(({ values }) => values.length > 0)
}

const errorsAt = (report: EvaluationReport, pose: 'initial' | 'final') =>
  pose === 'initial' ? report.initialErrors : report.finalErrors

export function quantitiesOf(cohort: readonly QuantityValues[]): CohortQuantity[] {
  return cohort.map(({ quantity, pose, values }) => ({
    quantity,
    pose,
    count: values.length,
    percentile5: percentile(values, 0.05),
    percentile25: percentile(values, 0.25),
    median: percentile(values, 0.5),
    percentile75: percentile(values, 0.75),
    percentile95: percentile(values, 0.95),
  }))
}

/**
 * Success rates over the cases with a known truth, and over `failedCount` more that count as failures. None without a
 * known truth.
 */
export function successRates(reports: readonly EvaluationReport[], failedCount: number): SuccessRate[] {
  return (['initial', 'final'] as const).flatMap((pose) => {
    const errorsMm = reports
      .map((report) => errorsAt(report, pose))
      .filter((errors) => errors !== null)
      .map(({ mTreMm }) => mTreMm)
    if (errorsMm.length === 0) return []
    const count = errorsMm.length + failedCount
    return successThresholdsMm.map((thresholdMm) => ({
      pose,
      thresholdMm,
      share: errorsMm.filter((errorMm) => errorMm < thresholdMm).length / count,
      count,
    }))
  })
}
