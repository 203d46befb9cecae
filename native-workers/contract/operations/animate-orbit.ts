import { z } from 'zod'
import { sceneBackgroundSchema } from '../files/browser-job.js'

export const animateOrbitInputSchema = z.object({
  /** A registration's result.json, or the folder with it. */
  resultPath: z.string().min(1),
  /** .gif, .mp4 or .webm. */
  outputPath: z.string().min(1),
  /** The surface is where the CT's values (HU) reach this. */
  threshold: z.number().default(150),
  /** Pictures of one whole turn. */
  frames: z.int().min(8).max(720).default(120),
  framesPerSecond: z.number().min(1).max(60).default(20),
  /** The C-arms too, or the volume alone. */
  viewpoint: z.enum(['everything', 'volume']).default('everything'),
  background: sceneBackgroundSchema.default('dark'),
  /** Even, which video codecs ask for. */
  size: z
    .object({
      width: z.int().min(160).max(1920).multipleOf(2),
      height: z.int().min(120).max(1920).multipleOf(2),
    })
    .default({ width: 960, height: 720 }),
  force: z.boolean().default(false),
})
export type AnimateOrbitInput = z.infer<typeof animateOrbitInputSchema>

/** What is said of any animation that was written. */
const writtenShape = {
  file: z.string(),
  frames: z.int(),
  framesPerSecond: z.number(),
  seconds: z.number(),
  width: z.int(),
  height: z.int(),
  bytes: z.int(),
  /** Of a video. */
  codec: z.string().nullable(),
  notes: z.array(z.string()),
}
export const writtenAnimationSchema = z.object(writtenShape)
export type WrittenAnimation = z.infer<typeof writtenAnimationSchema>
export const animateOrbitOutputSchema = z.object({ ...writtenShape, isUpToDate: z.boolean() })
export type AnimateOrbitOutput = z.infer<typeof animateOrbitOutputSchema>
