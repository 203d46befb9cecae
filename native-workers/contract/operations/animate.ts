import { z } from 'zod'

export const animationPanelSchema = z.enum(['xray', 'drr', 'difference', 'edges'])
export type AnimationPanel = z.infer<typeof animationPanelSchema>

export const animateInputSchema = z.object({
  /** A registration's result.json, or the folder with it. */
  resultPath: z.string().min(1),
  /** .gif, .mp4 or .webm. */
  outputPath: z.string().min(1),
  /** Chosen so that a short optimisation can be followed, 30 at most, when absent. */
  framesPerSecond: z.number().min(0.5).max(60).optional(),
  /** Show every n-th point of the trajectory. */
  skip: z.int().positive().default(1),
  acceptedOnly: z.boolean().default(false),
  /** Longer trajectories keep accepted steps first, and are thinned evenly. */
  maxFrames: z.int().min(2).max(2000).default(240),
  panels: z.array(animationPanelSchema).min(1).max(4).default(['xray', 'drr', 'difference']),
  /** Counted from 0. */
  viewIndex: z.int().nonnegative().default(0),
  /** Of the whole picture, in pixels; 384 per panel when absent. */
  width: z.int().min(160).max(3840).optional(),
  force: z.boolean().default(false),
})
export type AnimateInput = z.infer<typeof animateInputSchema>

const animateReportShape = {
  file: z.string(),
  frames: z.int(),
  /** Points of the trajectory, of which frames were chosen. */
  trajectoryPoints: z.int(),
  framesPerSecond: z.number(),
  seconds: z.number(),
  width: z.int(),
  height: z.int(),
  bytes: z.int(),
  /** Of a video. */
  codec: z.string().nullable(),
}
export const animateReportSchema = z.object(animateReportShape)
export const animateOutputSchema = z.object({ ...animateReportShape, isUpToDate: z.boolean() })
export type AnimateReport = z.infer<typeof animateReportSchema>
export type AnimateOutput = z.infer<typeof animateOutputSchema>
