import { z } from 'zod'
import { matrix4Schema, vector3Schema } from '../matrix.js'
import { volumeSourceSchema } from './sources.js'
import { volumeGridSchema } from './volume.js'

/**
 * A linear transform that moves a volume. As a matrix and in files it is `originalFromMoved`, LPS mm: it takes a point
 * of the moved volume to the same point of the original one, which is what ITK's resampling takes, and what
 * `coregister`, `crop` and `isotropic` leave.
 */
export const transformSourceSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('file'),
    /** `.tfm`, `.txt`, `.h5`, `.hdf5` or `.mat`. */
    path: z.string().min(1),
    /** The file maps the other way. */
    invert: z.boolean().default(false),
  }),
  z.object({ kind: z.literal('matrix'), originalFromMoved: matrix4Schema }),
])
export type TransformSource = z.infer<typeof transformSourceSchema>

/** What a transform does to a volume. */
export const motionSchema = z.object({
  /** `rigid`: a rotation and translation. `mirror`: the same of a mirror image. `affine`: it stretches or shears. */
  kind: z.enum(['identity', 'translation', 'rigid', 'mirror', 'affine']),
  /** Left and right change places; an affine transform may mirror as well. */
  isMirror: z.boolean(),
  /** Of the nearest rotation, after the mirror image where it mirrors. */
  rotationDeg: z.number(),
  /** Of the volume, along three perpendicular directions, largest first; 1 1 1 where it neither stretches nor shears. */
  stretches: vector3Schema,
})
export type Motion = z.infer<typeof motionSchema>

export const readTransformInputSchema = z.object({ path: z.string().min(1) })
export const readTransformOutputSchema = z.object({
  originalFromMoved: matrix4Schema,
  /** ITK's class name. */
  typeName: z.string(),
  motion: motionSchema,
})
export type ReadTransformInput = z.infer<typeof readTransformInputSchema>
export type ReadTransformOutput = z.infer<typeof readTransformOutputSchema>

export const writeTransformInputSchema = z.object({
  /** The volume is moved by the first, then by the second and so on; one alone is only written. */
  members: z.array(transformSourceSchema).min(1),
  /** The form follows the ending: `.tfm`, `.txt`, `.h5`, `.hdf5` or `.mat`. */
  outputPath: z.string().min(1),
  force: z.boolean().default(false),
})
export const writeTransformReportSchema = z.object({ originalFromMoved: matrix4Schema, motion: motionSchema })
export const writeTransformOutputSchema = writeTransformReportSchema.extend({
  path: z.string(),
  isUpToDate: z.boolean(),
})
export type WriteTransformInput = z.infer<typeof writeTransformInputSchema>
export type WriteTransformOutput = z.infer<typeof writeTransformOutputSchema>

/** `header`: voxels stay as they are and lie elsewhere. `auto`: that where it can be had, else `resample`. */
export const applyMethodSchema = z.enum(['auto', 'header', 'resample'])
export type ApplyMethod = z.infer<typeof applyMethodSchema>

export const applyTransformInputSchema = z
  .object({
    volume: volumeSourceSchema.optional(),
    /** Label map to move along, or alone; taken at its place in millimetres. */
    labelsPath: z.string().min(1).optional(),
    transform: transformSourceSchema,
    method: applyMethodSchema.default('auto'),
    /** Resample onto this volume's grid instead of the moved one's own. */
    reference: volumeSourceSchema.optional(),
    /** NIfTI holds geometry in float32, the others in full. */
    format: z.enum(['nii.gz', 'nii', 'nrrd', 'mha']).default('nii.gz'),
    folder: z.string().min(1),
    /** Begins the names of the outputs. */
    caseName: z.string().regex(/^[^/\\]+$/, 'A case name holds no slashes'),
    force: z.boolean().default(false),
  })
  .refine(({ volume, labelsPath }) => volume !== undefined || labelsPath !== undefined, {
    message: 'A CT or a label map is needed.',
  })

export const applyTransformReportSchema = z.object({
  method: z.enum(['header', 'resample']),
  originalFromMoved: matrix4Schema,
  motion: motionSchema,
  /** Of the CT, or of the label map where that is moved alone; as computed, in float64. */
  grid: volumeGridSchema,
  /** Largest distance between a voxel's centre as computed and as the written file states it. */
  storedWithinMm: z.number(),
  /** Value of the CT's voxels that the moved CT does not reach; null where nothing was resampled. */
  outsideValue: z.number().nullable(),
  /** Share of the moved volume that lies outside the grid and is lost, 0..1. */
  lostShare: z.number(),
  /** The labels that the written map holds, ascending; null without a map. */
  labels: z.array(z.int()).nullable(),
  warnings: z.array(z.string()),
})
export type ApplyTransformReport = z.infer<typeof applyTransformReportSchema>

export const applyTransformOutputSchema = applyTransformReportSchema.extend({
  volume: z.string().nullable(),
  labelsFile: z.string().nullable(),
  /** ITK transform file of `originalFromMoved`. */
  transform: z.string(),
  isUpToDate: z.boolean(),
})
export type ApplyTransformInput = z.infer<typeof applyTransformInputSchema>
export type ApplyTransformOutput = z.infer<typeof applyTransformOutputSchema>
