import { z } from 'zod'

/** One training step, as it stands in the log and on the wire. */
export const stepMeasurementSchema = z.object({
  kind: z.literal('step'),
  /** Counts from 1. */
  iteration: z.int().positive(),
  totalIterations: z.int().positive(),
  subject: z.string(),
  /** Null where a step was skipped since a number in it was not finite. */
  loss: z.number().nullable(),
  /** The terms before their weights: `mncc` (the correlation itself), `dgeo`, `rgeo`, `tgeo` (mm), `dice`, `haus`. */
  parts: z.record(z.string(), z.number().nullable()),
  learningRate: z.number(),
  /** Samples of the batch that passed the keep filter, and the batch's size. */
  kept: z.int().nonnegative(),
  batchSize: z.int().positive(),
  /** Steps skipped since the start. */
  skipped: z.int().nonnegative(),
  samplesPerSecond: z.number().nonnegative(),
  elapsedMs: z.number().nonnegative(),
  remainingMs: z.number().nonnegative().nullable(),
})
export type StepMeasurement = z.infer<typeof stepMeasurementSchema>

/** Errors of the predicted poses on the fixed validation set; standard mTRE in mm. */
export const validationMeasurementSchema = z.object({
  kind: z.literal('validation'),
  iteration: z.int().nonnegative(),
  count: z.int().positive(),
  medianMtreMm: z.number(),
  percentile90MtreMm: z.number(),
  elapsedMs: z.number().nonnegative(),
})
export type ValidationMeasurement = z.infer<typeof validationMeasurementSchema>

export const checkpointMeasurementSchema = z.object({
  kind: z.literal('checkpoint'),
  iteration: z.int().nonnegative(),
  /** The checkpoint's JSON file. */
  path: z.string(),
  /** It has the lowest median mTRE so far. */
  isBest: z.boolean(),
})

/** What a training says while it runs: the lines of `log.jsonl` after the first, and live events. */
export const trainingMeasurementSchema = z.discriminatedUnion('kind', [
  stepMeasurementSchema,
  validationMeasurementSchema,
  checkpointMeasurementSchema,
])
export type TrainingMeasurement = z.infer<typeof trainingMeasurementSchema>
