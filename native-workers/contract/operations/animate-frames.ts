import { z } from 'zod'
import { animationPanelSchema } from './animate.js'
import { animateOrbitOutputSchema } from './animate-orbit.js'

export const animateFramesInputSchema = z.object({
  /** The registrations of a multi-frame X-ray in the order of its frames, or the folder that holds theirs. */
  resultPaths: z.array(z.string().min(1)).min(1).max(2000),
  /** .gif, .mp4 or .webm. */
  outputPath: z.string().min(1),
  panels: z.array(animationPanelSchema).min(1).max(4).default(['xray', 'drr', 'edges']),
  /** Counted from 0. */
  viewIndex: z.int().nonnegative().default(0),
  framesPerSecond: z.number().min(0.5).max(60).default(10),
  /** Of the whole picture, in pixels; 384 per panel when absent. */
  width: z.int().min(160).max(3840).optional(),
  force: z.boolean().default(false),
})
export const animateFramesOutputSchema = animateOrbitOutputSchema
export type AnimateFramesInput = z.infer<typeof animateFramesInputSchema>
export type AnimateFramesOutput = z.infer<typeof animateFramesOutputSchema>
