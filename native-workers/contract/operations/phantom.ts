import { z } from 'zod'

export const phantomInputSchema = z.object({
  folder: z.string().min(1),
  seed: z.int().nonnegative().default(0),
  /** Voxel size of the CT. */
  spacingMm: z.number().positive().max(5).default(1.5),
})
/** Paths of what was written. */
export const phantomOutputSchema = z.object({
  volume: z.string(),
  labels: z.string(),
  landmarks: z.string(),
  views: z.array(
    z.object({ xray: z.string(), camera: z.string(), truth: z.string(), landmarks: z.string() }),
  ),
})
export type PhantomInput = z.infer<typeof phantomInputSchema>
export type PhantomOutput = z.infer<typeof phantomOutputSchema>
