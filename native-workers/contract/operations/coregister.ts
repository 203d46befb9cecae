import { z } from 'zod'
import { matrix4Schema, vector3Schema } from '../matrix.js'
import { volumeSourceSchema } from './sources.js'

export const coregisterInputSchema = z.object({
  /** The CT that is moved onto the reference. */
  volume: volumeSourceSchema,
  labelsPath: z.string().min(1).optional(),
  reference: volumeSourceSchema,
  referenceLabelsPath: z.string().min(1).optional(),
  method: z.enum(['rigid', 'affine']).default('rigid'),
  /** Look for starts over large rotations and shifts; otherwise start where the files' coordinates put the CTs. */
  search: z.boolean().default(true),
  /** The result covers the reference alone, or the box around both, on the reference's lattice. */
  grid: z.enum(['union', 'reference']).default('union'),
  folder: z.string().min(1),
  /** Begins the names of the outputs. */
  caseName: z.string().regex(/^[^/\\]+$/, 'A case name holds no slashes'),
  force: z.boolean().default(false),
})

/** How alike the overlapping parts are, on grids of some millimetres. */
export const overlapSimilaritySchema = z.object({
  /** Nats, from a joint histogram of 32 x 32 bins. */
  mutualInformation: z.number(),
  correlation: z.number(),
  /** Share of the smaller volume that lies in the other, 0..1. */
  overlap: z.number(),
})
export type OverlapSimilarity = z.infer<typeof overlapSimilaritySchema>

export const coregisterReportSchema = z.object({
  /** LPS mm of the reference to LPS mm of the CT: what resamples the CT onto the reference. */
  volumeFromReference: matrix4Schema,
  rotationDeg: z.number(),
  /** How far the reference's centre is moved. */
  translationMm: z.number(),
  /** Stretches along three perpendicular directions, largest first; 1 1 1 for a rigid motion. */
  stretches: vector3Schema,
  /** Null where the files' coordinates put the CTs apart. */
  before: overlapSimilaritySchema.nullable(),
  after: overlapSimilaritySchema,
  /** Per label that both maps hold; `before` at the files' coordinates. */
  dice: z.array(z.object({ label: z.int(), before: z.number(), after: z.number() })),
  starts: z.int(),
  /** Starts whose result is as good as the best one, and how far these results lie apart at the volume's corners. */
  agreeingStarts: z.int(),
  spreadMm: z.number(),
  /** Value of the result where the CT has none. */
  outsideValue: z.number(),
  converged: z.boolean(),
  warnings: z.array(z.string()),
})
export type CoregisterReport = z.infer<typeof coregisterReportSchema>

export const coregisterOutputSchema = coregisterReportSchema.extend({
  volume: z.string(),
  /** ITK transform files of `volumeFromReference` and of its inverse. */
  transform: z.string(),
  inverseTransform: z.string(),
  labels: z.string().nullable(),
  isUpToDate: z.boolean(),
})
export type CoregisterInput = z.infer<typeof coregisterInputSchema>
export type CoregisterOutput = z.infer<typeof coregisterOutputSchema>
