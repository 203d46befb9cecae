import { z } from 'zod'

/** Published data sets in one HDF5 file each. */
export const datasetLayoutSchema = z.enum(['deepfluoro', 'ljubljana'])
export type DatasetLayout = z.infer<typeof datasetLayoutSchema>

export const listDatasetInputSchema = z.object({ path: z.string().min(1), layout: datasetLayoutSchema })
export const listDatasetOutputSchema = z.object({
  specimens: z.array(z.object({ id: z.string(), projections: z.int() })),
})
export type ListDatasetInput = z.infer<typeof listDatasetInputSchema>
export type ListDatasetOutput = z.infer<typeof listDatasetOutputSchema>

export const convertDatasetInputSchema = z.object({
  path: z.string().min(1),
  layout: datasetLayoutSchema,
  specimen: z.string().min(1),
  /** Files go into a folder of it named after the specimen. */
  folder: z.string().min(1),
  force: z.boolean().default(false),
})

export const convertedProjectionSchema = z.object({
  name: z.string(),
  /** Columns are reversed, since the file shows the picture from the detector's side. */
  mirroredColumns: z.boolean(),
  /** Turned by half a turn so that the patient is upright. */
  turned: z.boolean(),
  landmarksInside: z.int(),
  /** Median distance of the file's landmarks from those projected by camera and pose; null without landmarks. */
  landmarkErrorPixels: z.number().nullable(),
})
export type ConvertedProjection = z.infer<typeof convertedProjectionSchema>

export const convertDatasetReportSchema = z.object({
  landmarks: z.int(),
  projections: z.array(convertedProjectionSchema),
  warnings: z.array(z.string()),
})
export const convertDatasetOutputSchema = convertDatasetReportSchema.extend({
  folder: z.string(),
  isUpToDate: z.boolean(),
})
export type ConvertDatasetInput = z.infer<typeof convertDatasetInputSchema>
export type ConvertDatasetReport = z.infer<typeof convertDatasetReportSchema>
export type ConvertDatasetOutput = z.infer<typeof convertDatasetOutputSchema>
