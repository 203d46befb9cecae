import { z } from 'zod'

/** Writes a checkpoint's network as a `.pth` that `torch.load` reads, in the layout of xvr's. */
export const convertCheckpointInputSchema = z.object({
  /** A checkpoint, or the folder of a training for its newest. */
  path: z.string().min(1),
  outputPath: z.string().min(1),
  force: z.boolean().default(false),
})
export const convertCheckpointOutputSchema = z.object({
  path: z.string(),
  network: z.string(),
  iteration: z.int().nonnegative(),
  parameters: z.int().nonnegative(),
})
export type ConvertCheckpointInput = z.infer<typeof convertCheckpointInputSchema>
export type ConvertCheckpointOutput = z.infer<typeof convertCheckpointOutputSchema>
