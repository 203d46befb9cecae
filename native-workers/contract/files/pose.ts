import { z } from 'zod'
import { matrix4Schema } from '../matrix.js'

/** A volume's place in the world (`*.pose.json`): LPS millimetres of the volume to LPS millimetres of the world. */
export const poseSchema = z.object({
  schema: z.literal('isocenter/pose@1'),
  frame: z.literal('LPS'),
  worldFromVolume: matrix4Schema,
})

export type PoseFile = z.infer<typeof poseSchema>
