import { z } from 'zod'
import { vector2Schema } from '../matrix.js'
import { geometryIssueSchema, volumeGridSchema } from './volume.js'

export const listDicomSeriesInputSchema = z.object({
  /** A folder, searched with all below it, or a DICOMDIR file. */
  path: z.string().min(1),
})
export const dicomSeriesEntrySchema = z.object({
  /** Unique within the list and fit for a file name. */
  name: z.string(),
  seriesUid: z.string(),
  description: z.string(),
  modality: z.string(),
  slices: z.int().positive(),
  columns: z.int(),
  rows: z.int(),
  files: z.array(z.string()).min(1),
})
export const listDicomSeriesOutputSchema = z.object({
  /** Stacks of cross-sections, in the order of their series numbers. */
  series: z.array(dicomSeriesEntrySchema),
  /** Pictures that are no volumes and files that are no DICOM, and why. */
  skipped: z.array(z.object({ name: z.string(), files: z.int().positive(), reason: z.string() })),
  /** Files that should be part of something: incomplete, damaged, or missing though a DICOMDIR names them. */
  damaged: z.array(z.object({ file: z.string(), reason: z.string() })),
  notes: z.array(z.string()),
})
export type ListDicomSeriesInput = z.infer<typeof listDicomSeriesInputSchema>
export type ListDicomSeriesOutput = z.infer<typeof listDicomSeriesOutputSchema>
export type DicomSeriesEntry = z.infer<typeof dicomSeriesEntrySchema>

export const evenStepSchema = z.enum(['median', 'finest'])

export const dicomToNiftiInputSchema = z.object({
  /** The slices of one series. */
  files: z.array(z.string().min(1)).min(1),
  folder: z.string().min(1),
  /** Name of the outputs without ending. */
  name: z.string().regex(/^[^/\\]+$/, 'A name without folders is needed.'),
  /** Straighten slices of a tilted gantry onto a rectangular grid. */
  correctTilt: z.boolean().default(false),
  /** Bring uneven slices to this even distance; refused when absent. */
  resampleUneven: evenStepSchema.optional(),
  format: z.enum(['nii.gz', 'nii', 'nrrd', 'mha']).default('nii.gz'),
  force: z.boolean().default(false),
})

/** `*.geometry.json` beside a volume that was made from a DICOM series. */
export const geometryReportSchema = z.object({
  schema: z.literal('isocenter/geometry-report@1'),
  seriesUid: z.string(),
  description: z.string(),
  modality: z.string(),
  slices: z.int().positive(),
  grid: volumeGridSchema,
  /** Where the voxel axes i, j, k point to, e.g. LPS. */
  axes: z.string(),
  sliceThicknessMm: z.number().nullable(),
  statedGantryTiltDeg: z.number().nullable(),
  /** Voxel type as stored in the slices and as written. */
  storedType: z.string(),
  writtenType: z.string(),
  valueRange: vector2Schema,
  findings: z.array(geometryIssueSchema),
})
export type GeometryReport = z.infer<typeof geometryReportSchema>

export const dicomToNiftiReportSchema = z.object({
  volume: z.string(),
  geometryFile: z.string(),
  geometry: geometryReportSchema,
})
export const dicomToNiftiOutputSchema = dicomToNiftiReportSchema.extend({ isUpToDate: z.boolean() })
export type DicomToNiftiInput = z.infer<typeof dicomToNiftiInputSchema>
export type DicomToNiftiOutput = z.infer<typeof dicomToNiftiOutputSchema>
export type DicomToNiftiReport = z.infer<typeof dicomToNiftiReportSchema>
