import { z } from 'zod'
import { cameraSchema } from '../files/camera.js'
import { imagePointsSchema, pointsSchema } from '../files/points.js'
import { matrix4Schema } from '../matrix.js'

/** A pose from pairs of points: in the volume, and in the pictures that see them, matched by name. */
export const poseFromPointsInputSchema = z.object({
  points3d: pointsSchema,
  /** Calibrated pictures; pixels are those of the picture that the camera describes. */
  views: z.array(z.object({ camera: cameraSchema, points2d: imagePointsSchema })).min(1),
})
export const poseFromPointsOutputSchema = z.object({
  worldFromVolume: matrix4Schema,
  /** Root mean square distance of projected and picked points, without those that were left out. */
  rmsPixels: z.number(),
  residuals: z.array(
    z.object({
      viewIndex: z.int(),
      name: z.string(),
      errorPixels: z.number(),
      /** False where the pair contradicts the others and was left out. */
      inlier: z.boolean(),
    }),
  ),
})
export type PoseFromPointsInput = z.infer<typeof poseFromPointsInputSchema>
export type PoseFromPointsOutput = z.infer<typeof poseFromPointsOutputSchema>

/** Points of one half of the pairs, as the program's own files hold them. */
export const pointsContentSchema = z.discriminatedUnion('half', [
  z.object({ half: z.literal('volume'), file: pointsSchema }),
  z.object({ half: z.literal('xray'), file: imagePointsSchema }),
])
export type PointsContent = z.infer<typeof pointsContentSchema>
export type PointsHalf = PointsContent['half']

export const readPointsInputSchema = z.object({
  /** `*.points.json`, `*.image-points.json`, or 3D Slicer's `.fcsv` and `.mrk.json`. */
  path: z.string().min(1),
  half: z.enum(['volume', 'xray']),
})
export const readPointsOutputSchema = z.object({
  content: pointsContentSchema,
  /** What was converted or left out, in words. */
  notes: z.array(z.string()),
})
export type ReadPointsInput = z.infer<typeof readPointsInputSchema>
export type ReadPointsOutput = z.infer<typeof readPointsOutputSchema>

export const savePointsInputSchema = z.object({
  /** The format follows from the name: `.json`, `.mrk.json` or `.fcsv`. */
  outputPath: z.string().min(1),
  content: pointsContentSchema,
  force: z.boolean().default(false),
})
export const savePointsReportSchema = z.object({ count: z.int() })
export const savePointsOutputSchema = savePointsReportSchema.extend({
  path: z.string(),
  isUpToDate: z.boolean(),
})
export type SavePointsInput = z.infer<typeof savePointsInputSchema>
export type SavePointsOutput = z.infer<typeof savePointsOutputSchema>
