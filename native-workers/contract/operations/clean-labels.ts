import { z } from 'zod'

export const connectivitySchema = z.union([z.literal(6), z.literal(18), z.literal(26)])
export type Connectivity = z.infer<typeof connectivitySchema>

/** Which connected components of a label stay: the largest ones, or all that are large enough. */
export const keepRuleSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('largest'), count: z.int().positive().default(1) }),
  z.object({ kind: z.literal('min-volume'), minVolumeMm3: z.number().positive() }),
])
export type KeepRule = z.infer<typeof keepRuleSchema>

export const cleanLabelsInputSchema = z.object({
  labelsPath: z.string().min(1),
  /** `.nii.gz`, `.nii`, `.nrrd` or `.mha`. */
  outputPath: z.string().min(1),
  /** Only these labels are cleaned; empty means every label above 0. */
  labels: z.array(z.int().min(1).max(65535)).default([]),
  /** Voxels touch by faces (6), also by edges (18), also by corners (26). */
  connectivity: connectivitySchema.default(6),
  keep: keepRuleSchema.default({ kind: 'largest', count: 1 }),
  /** What happens to labels that were not asked for. */
  others: z.enum(['drop', 'keep']).default('drop'),
  force: z.boolean().default(false),
})

export const cleanedLabelSchema = z.object({
  label: z.int(),
  /** Connected components found, and those that stayed. */
  components: z.int(),
  kept: z.int(),
  voxelsBefore: z.int(),
  voxelsAfter: z.int(),
  removedMm3: z.number(),
})
export type CleanedLabel = z.infer<typeof cleanedLabelSchema>

export const cleanLabelsReportSchema = z.object({
  labels: z.array(cleanedLabelSchema),
  /** Labels asked for that the map does not hold. */
  absent: z.array(z.int()),
  /** Labels of the map that were not asked for, dropped or kept as `others` says. */
  others: z.array(z.int()),
  warnings: z.array(z.string()),
})
export type CleanLabelsReport = z.infer<typeof cleanLabelsReportSchema>

export const cleanLabelsOutputSchema = cleanLabelsReportSchema.extend({
  path: z.string(),
  isUpToDate: z.boolean(),
})
export type CleanLabelsInput = z.infer<typeof cleanLabelsInputSchema>
export type CleanLabelsOutput = z.infer<typeof cleanLabelsOutputSchema>
