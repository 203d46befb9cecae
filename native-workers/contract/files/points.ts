import { z } from 'zod'
import { vector2Schema, vector3Schema } from '../matrix.js'

/** Named points in a volume's LPS millimetres (`*.points.json`). */
export const pointsSchema = z.object({
  schema: z.literal('isocenter/points@1'),
  frame: z.literal('LPS'),
  points: z.array(z.object({ name: z.string(), position: vector3Schema })),
})

/** Named points in an X-ray's pixels, before any crop (`*.image-points.json`); the centre of the top-left one is (0, 0). */
export const imagePointsSchema = z.object({
  schema: z.literal('isocenter/image-points@1'),
  points: z.array(z.object({ name: z.string(), pixel: vector2Schema })),
})

export type PointsFile = z.infer<typeof pointsSchema>
export type ImagePointsFile = z.infer<typeof imagePointsSchema>
