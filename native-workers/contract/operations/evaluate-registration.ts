import { z } from 'zod'
import { verdictSchema } from '../files/registration-result.js'
import { pointsSchema } from '../files/points.js'
import { matrix4Schema, vector2Schema } from '../matrix.js'
import { evaluatePoseOutputSchema } from './evaluate.js'
import { warpSourceSchema } from './warp.js'

/**
 * How alike an X-ray and a DRR are, both as grey levels 0..255 of the same size; null where a figure is not defined,
 * as without contrast. Larger is better but for the squared error and the edges' distance.
 */
export const pictureMetricsSchema = z.object({
  meanSquaredError: z.number().nullable(),
  structuralSimilarity: z.number().nullable(),
  normalizedMutualInformation: z.number().nullable(),
  /** The largest correlation over all shifts, and the shift [columns, rows] of the DRR that it takes. */
  correlationMaximum: z.number().nullable(),
  correlationShiftPixels: vector2Schema.nullable(),
  /** At zero shift. */
  correlation: z.number().nullable(),
  gradientCorrelation: z.number().nullable(),
  edgeDistancePixels: z.number().nullable(),
  /** On the detector; null also where its pitch is not known. */
  edgeDistanceMm: z.number().nullable(),
})
export type PictureMetrics = z.infer<typeof pictureMetricsSchema>

/** The DRRs that a figure compares with the X-ray. */
export const comparedDrrSchema = z.enum(['initial', 'final', 'high-quality'])
export type ComparedDrr = z.infer<typeof comparedDrrSchema>

export const viewEvaluationSchema = z.object({
  xray: z.string(),
  /** Pixels of the pictures that were compared: the X-ray's own, or fewer where it is larger than the limit. */
  width: z.int(),
  height: z.int(),
  validPixelFraction: z.number(),
  comparisons: z.array(
    z.object({
      drr: comparedDrrSchema,
      /** Over the whole field. */
      whole: pictureMetricsSchema,
      /** Over the valid pixels alone: no collimator, no saturated areas. */
      inMask: pictureMetricsSchema,
    }),
  ),
})
export type ViewEvaluation = z.infer<typeof viewEvaluationSchema>

export const figureFormatSchema = z.enum(['png', 'svg', 'pdf'])
export type FigureFormat = z.infer<typeof figureFormatSchema>

export const evaluateRegistrationInputSchema = z.object({
  /** A registration's result.json, or the folder with it. */
  resultPath: z.string().min(1),
  folder: z.string().min(1),
  /** The outputs are called `<name>-evaluation.…`. */
  name: z.string().regex(/^[^/\\]+$/),
  title: z.string().default(''),
  formats: z.array(figureFormatSchema).min(1).default(['png', 'svg', 'pdf']),
  /** The true pose, and points to measure at: the corners of what attenuates in the volume when absent. */
  truth: z
    .object({
      worldFromVolume: matrix4Schema,
      points: pointsSchema.optional(),
      /** Pose and points belong to the CT before its preparation: the transform from prepared to original points. */
      warp: warpSourceSchema.optional(),
    })
    .optional(),
  /** Longest edge of the compared pictures. */
  maxEdgePixels: z.int().min(64).max(4096).default(1024),
  threads: z.int().positive().optional(),
  force: z.boolean().default(false),
})

const evaluationReportShape = {
  name: z.string(),
  views: z.array(viewEvaluationSchema),
  verdict: verdictSchema,
  expectedErrorMm: z.number().nullable(),
  /** Against the truth; null where none was given. */
  initialErrors: evaluatePoseOutputSchema.nullable(),
  finalErrors: evaluatePoseOutputSchema.nullable(),
  /** Names in the output folder. */
  files: z.array(z.string()),
  warnings: z.array(z.string()),
}
export const evaluationReportSchema = z.object(evaluationReportShape)
export const evaluateRegistrationOutputSchema = z.object({
  ...evaluationReportShape,
  isUpToDate: z.boolean(),
})
export type EvaluateRegistrationInput = z.infer<typeof evaluateRegistrationInputSchema>
export type EvaluationReport = z.infer<typeof evaluationReportSchema>
export type EvaluateRegistrationOutput = z.infer<typeof evaluateRegistrationOutputSchema>
