import { z } from 'zod'
import { matrix4Schema, vector3Schema } from '../matrix.js'
import { volumeSourceSchema } from './sources.js'

/** A part of the body to cut out: its name, which becomes part of file names, and the labels that make it up. */
export const cropStructureSchema = z.object({
  name: z
    .string()
    .regex(
      /^[\p{L}\p{N}][\p{L}\p{N} ._+-]*$/u,
      'Names begin with a letter or digit and hold letters, digits, blanks and . _ + -',
    ),
  labels: z.array(z.int().min(1).max(65535)).min(1),
})
export type CropStructure = z.infer<typeof cropStructureSchema>

export const sideSchema = z.enum(['left', 'right'])
export type Side = z.infer<typeof sideSchema>

export const cropInputSchema = z.object({
  volume: volumeSourceSchema,
  /** Label map of the volume; on another grid it is taken at its place in millimetres. */
  labelsPath: z.string().min(1),
  structures: z.array(cropStructureSchema).min(1),
  /** Added on every side of a structure's bounding box, to the nearest whole voxel. */
  paddingMm: z.number().nonnegative().default(5),
  /** Structures of this side, by their names, are mirrored so that they look like those of the other. */
  mirror: z.enum(['left', 'right', 'none']).default('none'),
  folder: z.string().min(1),
  /** Begins the names of the outputs. */
  caseName: z.string().regex(/^[^/\\]+$/, 'A case name holds no slashes'),
  force: z.boolean().default(false),
})

/** The end of the volume at which padding was cut, and by how much. */
export const cutPaddingSchema = z.object({
  end: z.enum(['left', 'right', 'anterior', 'posterior', 'superior', 'inferior']),
  missingMm: z.number(),
})
export type CutPadding = z.infer<typeof cutPaddingSchema>

export const cropReportSchema = z.object({
  structure: z.string(),
  /** Voxels of the box along i, j, k, and its first voxel in the volume. */
  size: vector3Schema,
  start: vector3Schema,
  cutPadding: z.array(cutPaddingSchema),
  /** LPS mm of the mirrored files to LPS mm of the volume, a reflection and so its own inverse; null if not mirrored. */
  originalFromMirrored: matrix4Schema.nullable(),
  warnings: z.array(z.string()),
})
export type CropReport = z.infer<typeof cropReportSchema>

export const cropOutputSchema = z.object({
  structures: z.array(
    cropReportSchema.extend({
      volume: z.string(),
      labels: z.string(),
      /** ITK transform file of `originalFromMirrored`. */
      transform: z.string().nullable(),
      isUpToDate: z.boolean(),
    }),
  ),
  isUpToDate: z.boolean(),
})
export type CropInput = z.infer<typeof cropInputSchema>
export type CropOutput = z.infer<typeof cropOutputSchema>
