import { z } from 'zod'
import { matrix4Schema, vector3Schema } from '../matrix.js'
import { volumeSourceSchema } from './sources.js'

/** Becomes part of file names. */
const partNameSchema = z
  .string()
  .regex(
    /^[\p{L}\p{N}][\p{L}\p{N} ._+-]*$/u,
    'Names begin with a letter or digit and hold letters, digits, blanks and . _ + -',
  )

/** A part of the body to cut out: its name and the labels that make it up. */
export const cropStructureSchema = z.object({
  name: partNameSchema,
  labels: z.array(z.int().min(1).max(65535)).min(1),
})
export type CropStructure = z.infer<typeof cropStructureSchema>

/** What a box's part is called where no name was given. */
export const defaultBoxName = 'box'

const voxelIndexSchema = z.tuple([z.int(), z.int(), z.int()]).readonly()

/**
 * A box to cut out, along the CT's own voxel grid in any case, so that nothing is resampled. In voxels: its first and
 * last voxel along i, j, k, counted from 0, both included. In LPS mm: two opposite corners; every voxel whose centre
 * lies between them is kept, and on a grid that lies oblique those too that complete the box along the grid.
 */
export const cropBoxSchema = z.discriminatedUnion('unit', [
  z.object({
    unit: z.literal('voxels'),
    name: partNameSchema.default(defaultBoxName),
    first: voxelIndexSchema,
    last: voxelIndexSchema,
  }),
  z.object({
    unit: z.literal('mm'),
    name: partNameSchema.default(defaultBoxName),
    cornerMm: vector3Schema,
    oppositeMm: vector3Schema,
  }),
])
export type CropBox = z.infer<typeof cropBoxSchema>

export const sideSchema = z.enum(['left', 'right'])
export type Side = z.infer<typeof sideSchema>

const cropFieldsSchema = z.object({
  volume: volumeSourceSchema,
  /**
   * Label map of the volume, cut along; on another grid it is taken at its place in millimetres. Structures need one,
   * a box does not.
   */
  labelsPath: z.string().min(1).optional(),
  structures: z.array(cropStructureSchema).default([]),
  /** Cut out beside the structures, or alone; no padding is added. */
  box: cropBoxSchema.optional(),
  /** Added on every side of a structure's bounding box, to the nearest whole voxel. */
  paddingMm: z.number().nonnegative().default(5),
  /** Parts of this side, by their names, are mirrored so that they look like those of the other. */
  mirror: z.enum(['left', 'right', 'none']).default('none'),
  folder: z.string().min(1),
  /** Begins the names of the outputs. */
  caseName: z.string().regex(/^[^/\\]+$/, 'A case name holds no slashes'),
  force: z.boolean().default(false),
})

export const cropInputSchema = cropFieldsSchema
  .refine(({ structures, box }) => structures.length > 0 || box !== undefined, {
    message: 'Either structures or a box must be given',
    path: ['structures'],
  })
  .refine(({ structures, labelsPath }) => structures.length === 0 || labelsPath !== undefined, {
    message: 'Structures are cut out by a label map',
    path: ['labelsPath'],
  })

/** The end of the volume at which padding, or a box that reaches beyond it, was cut, and by how much. */
export const cutPaddingSchema = z.object({
  end: z.enum(['left', 'right', 'anterior', 'posterior', 'superior', 'inferior']),
  missingMm: z.number(),
})
export type CutPadding = z.infer<typeof cutPaddingSchema>

export const cropReportSchema = z.object({
  /** Name of the structure or of the box. */
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
      /** Null where no label map was given. */
      labels: z.string().nullable(),
      /** ITK transform file of `originalFromMirrored`. */
      transform: z.string().nullable(),
      isUpToDate: z.boolean(),
    }),
  ),
  isUpToDate: z.boolean(),
})
export type CropInput = z.infer<typeof cropInputSchema>
export type CropOutput = z.infer<typeof cropOutputSchema>
