import { z } from 'zod'
import { volumeGridSchema } from './volume.js'

const labelNumberSchema = z.int().min(1).max(65535)

/** A label map as runs of voxels with one label, i fastest; what no run names is empty. */
export const labelRunsSchema = z
  .object({
    starts: z.instanceof(Uint32Array),
    lengths: z.instanceof(Uint32Array),
    labels: z.instanceof(Uint16Array),
  })
  .refine(
    ({ starts, lengths, labels }) => starts.length === lengths.length && starts.length === labels.length,
    'Every run needs a start, a length and a label.',
  )
export type LabelRuns = z.infer<typeof labelRunsSchema>

export const saveLabelsInputSchema = z.object({
  /** `.nii.gz`, `.nii`, `.nrrd` or `.mha`. */
  outputPath: z.string().min(1),
  grid: volumeGridSchema.refine(
    ({ size }) => size.every((n) => Number.isInteger(n) && n > 0) && size[0] * size[1] * size[2] <= 2 ** 30,
    'The grid has no voxels, or too many.',
  ),
  /** Runs rather than voxels: a hundredth of the bytes to hand over. */
  runs: labelRunsSchema,
  /** Written beside the map, so that opening it finds them again. */
  names: z.array(z.object({ label: labelNumberSchema, name: z.string().min(1) })).default([]),
  /** The map that was edited. */
  sourcePath: z.string().min(1).optional(),
  force: z.boolean().default(false),
})

export const saveLabelsReportSchema = z.object({
  /** Ascending. */
  labels: z.array(labelNumberSchema),
  /** Voxels above 0. */
  voxelCount: z.int(),
})
export type SaveLabelsReport = z.infer<typeof saveLabelsReportSchema>

export const saveLabelsOutputSchema = saveLabelsReportSchema.extend({
  path: z.string(),
  /** Null where no label has a name. */
  namesPath: z.string().nullable(),
  isUpToDate: z.boolean(),
})
export type SaveLabelsInput = z.infer<typeof saveLabelsInputSchema>
export type SaveLabelsOutput = z.infer<typeof saveLabelsOutputSchema>
