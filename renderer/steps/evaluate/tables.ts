import type { EvaluatePoseOutput } from '../../../native-workers/contract/operations/evaluate.js'
import type { ViewEvaluation } from '../../../native-workers/contract/operations/evaluate-registration.js'
import { fixed } from '../../text/format.js'
import { text } from '../../text/en.js'

export type Area = 'whole' | 'inMask'

export interface Table {
  readonly head: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

/** What stands where a figure is not defined. */
const none = '–'
const words = text.resultSteps.evaluate

/** Digits that tell two pictures apart, and still fit three columns. */
const digits = {
  correlation: 3,
  correlationMaximum: 3,
  gradientCorrelation: 3,
  normalizedMutualInformation: 3,
  structuralSimilarity: 3,
  meanSquaredError: 0,
  edgeDistancePixels: 2,
  edgeDistanceMm: 2,
} as const
const metrics = [
  'correlation',
  'correlationMaximum',
  'gradientCorrelation',
  'normalizedMutualInformation',
  'structuralSimilarity',
  'meanSquaredError',
  'edgeDistancePixels',
  'edgeDistanceMm',
] as const

/** The metrics of one X-ray: a row each, a column per DRR. */
export function metricsTable({ comparisons }: ViewEvaluation, area: Area): Table {
  return {
    head: [words.metric, ...comparisons.map(({ drr }) => words.drrs[drr])],
    rows: metrics.map((name) => [
      words.metricNames[name],
      ...comparisons.map((comparison) => {
        const value = comparison[area][name]
        return value === null ? none : fixed(value, digits[name])
      }),
    ]),
  }
}

const errors = ['mTreMm', 'maxTreMm', 'translationErrorMm', 'rotationErrorDeg'] as const

/** The errors of start and result against the true pose; null without one. */
export function errorsTable(
  initial: EvaluatePoseOutput | null,
  final: EvaluatePoseOutput | null,
): Table | null {
  if (initial === null || final === null) return null
  return {
    head: ['', words.drrs.initial, words.drrs.final],
    rows: errors.map((name) => [words.errorNames[name], fixed(initial[name], 2), fixed(final[name], 2)]),
  }
}
