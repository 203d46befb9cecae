import { z } from 'zod'
import { vector2Schema } from '../matrix.js'
import { geometryIssueSchema } from './volume.js'

export const showDicomInputSchema = z.object({
  path: z.string().min(1),
  /** List every element, not only what places the picture. */
  all: z.boolean().default(false),
  /** List these elements wherever they stand: keywords or GGGG,EEEE. */
  tags: z.array(z.string().min(1)).default([]),
})
export const dicomElementSchema = z.object({
  /** Depth inside sequences, 0 at the top. */
  level: z.int().nonnegative(),
  /** GGGG,EEEE */
  tag: z.string(),
  /** Value representation; empty where neither the file nor the dictionary knows it. */
  vr: z.string(),
  /** Keyword of the standard; empty for private and unknown elements. */
  keyword: z.string(),
  value: z.string(),
  bytes: z.int().nonnegative(),
})
export const showDicomOutputSchema = z.object({
  title: z.string(),
  facts: z.array(z.object({ name: z.string(), value: z.string() })),
  elements: z.array(dicomElementSchema),
  issues: z.array(geometryIssueSchema),
})
export type ShowDicomInput = z.infer<typeof showDicomInputSchema>
export type ShowDicomOutput = z.infer<typeof showDicomOutputSchema>
export type ShownElement = z.infer<typeof dicomElementSchema>

/** Tags of an X-ray that a person may correct; what is absent stays as it is. */
export const xrayCorrectionSchema = z.object({
  sourceToDetectorMm: z.number().positive().optional(),
  sourceToPatientMm: z.number().positive().optional(),
  /** Pitch on the detector, [between columns, between rows]. */
  pixelSpacingMm: vector2Schema
    .refine((values) => values.every((value) => value > 0), 'The pixel spacing must be above 0.')
    .optional(),
  positionerPrimaryAngleDeg: z.number().min(-180).max(180).optional(),
  positionerSecondaryAngleDeg: z.number().min(-180).max(180).optional(),
  /** Which end of the grey values is bright; the values themselves stay. */
  photometricInterpretation: z.enum(['MONOCHROME1', 'MONOCHROME2']).optional(),
})
export type XrayCorrection = z.infer<typeof xrayCorrectionSchema>

export const setDicomTagsInputSchema = z.object({
  path: z.string().min(1),
  output: z.string().min(1),
  tags: xrayCorrectionSchema,
  force: z.boolean().default(false),
})
export const setDicomTagsReportSchema = z.object({
  output: z.string(),
  /** Elements whose value is another now; `before` is empty where there was none. */
  changes: z.array(z.object({ keyword: z.string(), before: z.string(), after: z.string() })),
  sopInstanceUid: z.string(),
  previousSopInstanceUid: z.string(),
  warnings: z.array(z.string()),
})
export const setDicomTagsOutputSchema = setDicomTagsReportSchema.extend({ isUpToDate: z.boolean() })
export type SetDicomTagsInput = z.infer<typeof setDicomTagsInputSchema>
export type SetDicomTagsReport = z.infer<typeof setDicomTagsReportSchema>
export type SetDicomTagsOutput = z.infer<typeof setDicomTagsOutputSchema>

export const anonymizeDicomInputSchema = z.object({
  /** Files and folders, the latter with all below them. */
  paths: z.array(z.string().min(1)).min(1),
  folder: z.string().min(1),
  /** Keep dates and times of the examination; the date of birth goes all the same. */
  keepDates: z.boolean().default(false),
  /** What stands as PatientID and PatientName; of several patients only the first can have it. */
  patient: z
    .string()
    .regex(/^[\x20-\x5b\x5d-\x7e]{1,64}$/, 'Up to 64 plain letters, digits and signs, without backslash.')
    .default('ANONYMOUS'),
  force: z.boolean().default(false),
})
export const anonymizeDicomReportSchema = z.object({
  files: z.array(z.object({ source: z.string(), output: z.string() })),
  /** Files for which nothing is written, and why; damaged ones should have been pictures. */
  skipped: z.array(z.object({ source: z.string(), reason: z.string(), isDamaged: z.boolean() })),
  removedElements: z.int().nonnegative(),
  emptiedElements: z.int().nonnegative(),
  privateElements: z.int().nonnegative(),
  renewedUids: z.int().nonnegative(),
  warnings: z.array(z.string()),
})
export const anonymizeDicomOutputSchema = anonymizeDicomReportSchema.extend({ isUpToDate: z.boolean() })
export type AnonymizeDicomInput = z.infer<typeof anonymizeDicomInputSchema>
export type AnonymizeDicomReport = z.infer<typeof anonymizeDicomReportSchema>
export type AnonymizeDicomOutput = z.infer<typeof anonymizeDicomOutputSchema>
