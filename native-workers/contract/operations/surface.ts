import { z } from 'zod'

export const surfaceFormatSchema = z.enum(['stl', 'ply', 'obj'])
export type SurfaceFormat = z.infer<typeof surfaceFormatSchema>

/** Surfaces of a label map's labels, one file each. */
export const labelSurfacesInputSchema = z.object({
  labelsPath: z.string().min(1),
  /** Every label of the map when empty. */
  labels: z.array(z.int().positive()).default([]),
  /** The files are called `<map>_<label>_<name>.<format>`. */
  folder: z.string().min(1),
  format: surfaceFormatSchema.default('stl'),
  /** Millimetres in the patient's left, posterior, superior (DICOM, ITK) or right, anterior, superior (NIfTI). */
  space: z.enum(['LPS', 'RAS']).default('LPS'),
  smoothingIterations: z.int().nonnegative().max(200).default(20),
  /** Of each surface; one with more is drawn anew on coarser cubes. */
  maxTriangles: z.int().min(100).default(200_000),
  /** All parts of a label, or the largest alone. */
  parts: z.enum(['largest', 'large', 'all']).default('all'),
  force: z.boolean().default(false),
})
export type LabelSurfacesInput = z.infer<typeof labelSurfacesInputSchema>

const reportShape = {
  surfaces: z.array(
    z.object({
      label: z.int(),
      name: z.string().nullable(),
      file: z.string(),
      triangles: z.int(),
      /** Enclosed by the surface, and that of the label's voxels. */
      volumeMl: z.number(),
      voxelVolumeMl: z.number(),
      /** Of the cubes that the surface was drawn on. */
      spacingMm: z.number(),
    }),
  ),
  notes: z.array(z.string()),
}
export const labelSurfacesReportSchema = z.object(reportShape)
export const labelSurfacesOutputSchema = z.object({ ...reportShape, isUpToDate: z.boolean() })
export type LabelSurfacesReport = z.infer<typeof labelSurfacesReportSchema>
export type LabelSurfacesOutput = z.infer<typeof labelSurfacesOutputSchema>
