import { z } from 'zod'
import { matrix3Schema, vector2Schema, vector3Schema } from '../matrix.js'
import { labelSourceSchema, volumeSourceSchema } from './sources.js'

/** A finding about an input's geometry, in words, with the file or slice it is about. */
export const geometryIssueSchema = z.object({
  code: z.enum([
    'unequal-spacing',
    'missing-slice',
    'duplicate-slice',
    'gantry-tilt',
    'mixed-series',
    'unsorted-files',
    'missing-position',
    'missing-spacing',
    'spacing-conflict',
    'oblique',
    'left-handed',
    'not-numbers',
    'thickness-differs',
    'other-grid',
    'note',
  ]),
  /** `blocking` issues stop an operation until the person accepts them (`acceptGeometry`). */
  severity: z.enum(['note', 'warning', 'blocking']),
  message: z.string(),
})
export type GeometryIssue = z.infer<typeof geometryIssueSchema>

/** A regular grid in LPS millimetres: lps = origin + direction * (spacing .* index). */
export const volumeGridSchema = z.object({
  /** Voxels along i (fastest), j, k. */
  size: vector3Schema,
  spacingMm: vector3Schema,
  originMm: vector3Schema,
  /** Columns are the unit directions of i, j, k. */
  direction: matrix3Schema,
})
export type VolumeGrid = z.infer<typeof volumeGridSchema>

export const volumeSummarySchema = z.object({
  name: z.string(),
  format: z.string(),
  grid: volumeGridSchema,
  /** Voxel type as stored, e.g. int16. */
  storedType: z.string(),
  valueRange: vector2Schema,
  /** Other series of the same folder, to choose from. */
  series: z.array(z.object({ uid: z.string(), description: z.string(), slices: z.int() })),
  issues: z.array(geometryIssueSchema),
})
export type VolumeSummary = z.infer<typeof volumeSummarySchema>

export const openVolumeInputSchema = z.object({
  volume: volumeSourceSchema,
  /** The display copy is made coarser until it is no larger than this: 512 x 512 x 1024 voxels stay as they are. */
  displayLimitBytes: z
    .int()
    .positive()
    .default(512 * 1024 * 1024),
  /** Folder for the display copy. */
  cacheFolder: z.string().min(1),
})
export const openVolumeOutputSchema = z.object({
  summary: volumeSummarySchema,
  /** int16 voxels, i fastest, little endian, on `grid`. */
  display: z.object({ file: z.string(), grid: volumeGridSchema }),
})
export type OpenVolumeInput = z.infer<typeof openVolumeInputSchema>
export type OpenVolumeOutput = z.infer<typeof openVolumeOutputSchema>

export const infoInputSchema = z.object({
  path: z.string().min(1),
  spacingMm: vector3Schema.optional(),
})
/** What a file or folder is: title, facts in reading order, geometry findings. */
export const infoOutputSchema = z.object({
  kind: z.enum([
    'volume',
    'dicom-series',
    'xray',
    'camera',
    'pose',
    'points',
    'result',
    'calibration',
    'other',
  ]),
  title: z.string(),
  facts: z.array(z.object({ name: z.string(), value: z.string() })),
  issues: z.array(geometryIssueSchema),
})
export type InfoInput = z.infer<typeof infoInputSchema>
export type InfoOutput = z.infer<typeof infoOutputSchema>

export const volumeAndLabelsSchema = z.object({
  volume: volumeSourceSchema,
  labels: labelSourceSchema.optional(),
})
