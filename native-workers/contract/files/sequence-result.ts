import { z } from 'zod'
import { matrix4Schema, vector3Schema } from '../matrix.js'
import { verdictSchema } from './registration-result.js'

/** One frame of a multi-frame X-ray, registered. */
export const sequenceFrameSchema = z.object({
  /** Index from 0. */
  frame: z.int().nonnegative(),
  /** With the frame's `result.json` and pictures; beside `sequence.json`. */
  folder: z.string(),
  verdict: verdictSchema,
  expectedErrorMm: z.number().nullable(),
  /** gmNCC of every X-ray at the end. */
  similarities: z.array(z.number()),
  worldFromVolume: matrix4Schema,
  /** The isocentre in the axes of the first X-ray's camera. */
  positionMm: vector3Schema,
  /** Turn since the first frame, as a rotation vector in the same axes. */
  rotationDeg: vector3Schema,
  seconds: z.number(),
})
export type SequenceFrame = z.infer<typeof sequenceFrameSchema>

/** The motion of a volume over the frames of one or several X-rays (`sequence.json`). */
export const sequenceSchema = z.object({
  schema: z.literal('isocenter/sequence@1'),
  frame: z.literal('LPS'),
  created: z.string(),
  version: z.string(),
  /** The point that `positionMm` follows; the volume's LPS mm. */
  isocentreMm: vector3Schema,
  xrays: z.array(z.string()),
  /** In the order in which they were registered, each from the one before. */
  frames: z.array(sequenceFrameSchema),
})
export type SequenceResult = z.infer<typeof sequenceSchema>
