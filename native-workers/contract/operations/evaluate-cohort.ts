import { z } from 'zod'
import { figureFormatSchema } from './evaluate-registration.js'

export const evaluateCohortInputSchema = z.object({
  /** Evaluated cases: their names and the provenance files that `evaluate-registration` left. */
  cases: z.array(z.object({ name: z.string().min(1), recordPath: z.string().min(1) })).min(1),
  /** Cases that could not be evaluated, and why. */
  failures: z.array(z.object({ name: z.string().min(1), message: z.string() })).default([]),
  /** Whether those count against the success rates, or are left out of them. */
  failedCases: z.enum(['leave-out', 'as-failures']).default('leave-out'),
  folder: z.string().min(1),
  title: z.string().default('Cohort evaluation'),
  formats: z.array(figureFormatSchema).min(1).default(['png', 'svg', 'pdf']),
  force: z.boolean().default(false),
})

/** Spread of one quantity over the cases; percentiles by linear interpolation. */
export const cohortQuantitySchema = z.object({
  /** E.g. "mtre_mm", or a metric over the compared pixels, "structuralSimilarity". */
  quantity: z.string(),
  pose: z.enum(['initial', 'final', 'high-quality']),
  count: z.int(),
  percentile5: z.number(),
  percentile25: z.number(),
  median: z.number(),
  percentile75: z.number(),
  percentile95: z.number(),
})
export type CohortQuantity = z.infer<typeof cohortQuantitySchema>

/** Share of the cases with known truth whose mTRE is below a threshold. */
export const successRateSchema = z.object({
  pose: z.enum(['initial', 'final']),
  thresholdMm: z.number(),
  share: z.number(),
  /** Cases that the share is of. */
  count: z.int(),
})
export type SuccessRate = z.infer<typeof successRateSchema>

const reportShape = {
  cases: z.int(),
  failed: z.int(),
  quantities: z.array(cohortQuantitySchema),
  /** Empty where no truth is known. */
  successRates: z.array(successRateSchema),
  /** Names in the output folder. */
  files: z.array(z.string()),
}
export const cohortReportSchema = z.object(reportShape)
export const evaluateCohortOutputSchema = z.object({ ...reportShape, isUpToDate: z.boolean() })
export type EvaluateCohortInput = z.infer<typeof evaluateCohortInputSchema>
export type CohortReport = z.infer<typeof cohortReportSchema>
export type EvaluateCohortOutput = z.infer<typeof evaluateCohortOutputSchema>
