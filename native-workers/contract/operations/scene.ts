import { z } from 'zod'
import { volumeSourceSchema } from './sources.js'

export const sceneInputSchema = z.object({
  /** A registration's result.json, or the folder with it. */
  resultPath: z.string().min(1),
  /** Receives scene.html, scene.png and ct-surface.stl. */
  folder: z.string().min(1),
  /** Drawn in place of the registered volume, in the same LPS millimetres: e.g. its label map. */
  volume: volumeSourceSchema.optional(),
  /** The surface is where the volume's values (HU) reach this. */
  threshold: z.number().default(150),
  parts: z.enum(['largest', 'large', 'all']).default('large'),
  smoothingIterations: z.int().nonnegative().max(200).default(20),
  maxTriangles: z.int().min(1000).default(500_000),
  /** Of the photograph, in pixels. */
  photographSize: z
    .object({ width: z.int().min(64).max(4096), height: z.int().min(64).max(4096) })
    .default({ width: 1600, height: 1200 }),
  force: z.boolean().default(false),
})
export type SceneInput = z.infer<typeof sceneInputSchema>

const sceneReportShape = {
  htmlFile: z.string(),
  stlFile: z.string(),
  /** Null where no photograph could be taken; the reason stands in `notes`. */
  photographFile: z.string().nullable(),
  triangles: z.int(),
  /** Of the cubes that the surface was drawn on. */
  surfaceSpacingMm: z.number(),
  htmlBytes: z.int(),
  notes: z.array(z.string()),
}
export const sceneReportSchema = z.object(sceneReportShape)
export const sceneOutputSchema = z.object({ ...sceneReportShape, isUpToDate: z.boolean() })
export type SceneReport = z.infer<typeof sceneReportSchema>
export type SceneOutput = z.infer<typeof sceneOutputSchema>
