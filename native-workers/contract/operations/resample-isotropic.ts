import { z } from 'zod'
import { matrix4Schema, vector3Schema } from '../matrix.js'
import { volumeSourceSchema } from './sources.js'
import { volumeGridSchema } from './volume.js'

/** Linear; cubic B-spline through the samples; sinc under a Lanczos window of radius 3. */
export const interpolationSchema = z.enum(['linear', 'bspline', 'sinc'])
export type Interpolation = z.infer<typeof interpolationSchema>

/** What a new grid keeps of the old one: its first voxel's centre, as 3D Slicer does, or its outer faces. */
export const gridAnchorSchema = z.enum(['first-voxel', 'extent'])
export type GridAnchor = z.infer<typeof gridAnchorSchema>

export const resampleIsotropicInputSchema = z.object({
  volume: volumeSourceSchema,
  /** Label map of the volume, on any grid; taken at its place in millimetres, by nearest voxel. */
  labelsPath: z.string().min(1).optional(),
  /** Edge of the new voxels; "min" is the smallest spacing of the volume. */
  spacingMm: z.union([z.number().positive(), z.literal('min')]),
  /** Move the middle of the volume to (0, 0, 0). */
  center: z.boolean().default(false),
  interpolation: interpolationSchema.default('linear'),
  keep: gridAnchorSchema.default('first-voxel'),
  /** Write float32 as computed instead of rounding to the volume's own type. */
  float: z.boolean().default(false),
  /** NIfTI holds geometry in float32, the others in full. */
  format: z.enum(['nii.gz', 'nii', 'nrrd', 'mha']).default('nii.gz'),
  folder: z.string().min(1),
  /** Begins the names of the outputs. */
  caseName: z.string().min(1),
  force: z.boolean().default(false),
})

export const resampleIsotropicReportSchema = z.object({
  inputGrid: volumeGridSchema,
  /** As computed, in float64; `storedWithinMm` tells how close the file's own geometry comes. */
  grid: volumeGridSchema,
  /** Largest distance between a voxel's centre as computed and as the written file states it. */
  storedWithinMm: z.number(),
  voxelType: z.string(),
  /** Deviation of the smoothing along i, j, k, in input voxels; 0 where not coarsening. */
  smoothingSigma: vector3Schema,
  /** New voxels whose centre lies outside of the old volume, and the value that they got. */
  outside: z.object({ voxels: z.int().nonnegative(), value: z.number() }),
  /** LPS mm of the centred volume to LPS mm of the original; null when not centred. */
  originalFromCentered: matrix4Schema.nullable(),
  labels: z.array(z.int()).nullable(),
  warnings: z.array(z.string()),
})
export type ResampleIsotropicReport = z.infer<typeof resampleIsotropicReportSchema>

export const resampleIsotropicOutputSchema = resampleIsotropicReportSchema.extend({
  volume: z.string(),
  labelsFile: z.string().nullable(),
  /** ITK transform file of `originalFromCentered`. */
  transform: z.string().nullable(),
  isUpToDate: z.boolean(),
})
export type ResampleIsotropicInput = z.infer<typeof resampleIsotropicInputSchema>
export type ResampleIsotropicOutput = z.infer<typeof resampleIsotropicOutputSchema>
