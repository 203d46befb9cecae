import { z } from 'zod'
import { matrix3Schema, matrix4Schema, vector2Schema } from '../matrix.js'

/**
 * One X-ray's camera (`*.camera.json`). Intrinsics in pixels, the centre of the top-left pixel is (0, 0);
 * camera axes: x along columns, y down the rows, z from the source to the detector; millimetres.
 */
export const cameraSchema = z.object({
  schema: z.literal('isocenter/camera@1'),
  frame: z.literal('LPS'),
  imageSize: z.object({ width: z.int().positive(), height: z.int().positive() }),
  /** [[fx, skew, cx], [0, fy, cy], [0, 0, 1]] */
  intrinsics: matrix3Schema,
  /** [column, row] pitch of the detector; optional, since calibrations often know only fx and fy. */
  pixelSpacingMm: vector2Schema.optional(),
  cameraFromWorld: matrix4Schema,
})

export type Camera = z.infer<typeof cameraSchema>
