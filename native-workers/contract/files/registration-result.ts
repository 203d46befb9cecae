import { z } from 'zod'
import { matrix4Schema, vector3Schema } from '../matrix.js'
import { cameraSchema } from './camera.js'
import { inputRecordSchema } from './input-record.js'

export const verdictSchema = z.object({
  level: z.enum(['good', 'check', 'failed']),
  reasons: z.array(z.string()),
})
export type Verdict = z.infer<typeof verdictSchema>

/** How far the answer can be trusted; null where a figure was not computed. Millimetres at the volume's centre. */
export const confidenceSchema = z.object({
  /** 1 - mixture similarity at the final pose; above 0.5 the registration is lost. */
  finalLoss: z.number(),
  /** Largest pose change over leave-one-block-set-out refits, as mean point displacement. */
  jackknifeMm: z.number().nullable(),
  /** Mean point displacement between refits from perturbed starts. */
  restartSpreadMm: z.number().nullable(),
  /** Loss at the best opposite view minus the final loss; small means that front and back can't be told apart. */
  antipodeMargin: z.number().nullable(),
  expectedErrorMm: z.number().nullable(),
  /** The direction that the images determine least, e.g. "depth (along the view of X-ray 1)". */
  weakestDirection: z.string().nullable(),
  /** Expected error along the view and across it, for the first view. */
  depthUncertaintyMm: z.number().nullable(),
  inPlaneUncertaintyMm: z.number().nullable(),
  validPixelFraction: z.number(),
})
export type Confidence = z.infer<typeof confidenceSchema>

export const similaritiesSchema = z.object({
  ncc: z.number(),
  mncc: z.number(),
  gncc: z.number(),
  gmncc: z.number(),
})
export type Similarities = z.infer<typeof similaritiesSchema>

export const trajectoryPointSchema = z.object({
  stage: z.string(),
  render: z.int(),
  seconds: z.number(),
  loss: z.number(),
  accepted: z.boolean(),
  worldFromVolume: matrix4Schema,
})
export type TrajectoryPoint = z.infer<typeof trajectoryPointSchema>

const viewSchema = z.object({
  xray: z.string(),
  /** As used: after crop, and with refined intrinsics when these were asked for. */
  camera: cameraSchema,
  cameraFromVolume: matrix4Schema,
  similarity: z.object({ initial: similaritiesSchema, final: similaritiesSchema }),
  notes: z.array(z.string()),
})

/** A registration made here: everything is judged. */
export const registrationSchema = z.object({
  schema: z.literal('isocenter/registration@1'),
  frame: z.literal('LPS'),
  created: z.string(),
  version: z.string(),
  initial: z.object({ worldFromVolume: matrix4Schema }),
  /** With a network's start: whether it takes the X-rays with their columns reversed. */
  mirroredColumns: z.boolean().optional(),
  final: z.object({ worldFromVolume: matrix4Schema }),
  /** The point that rotations turn about, in the volume's LPS millimetres. */
  isocentreMm: vector3Schema,
  views: z.array(viewSchema),
  trajectory: z.array(trajectoryPointSchema),
  renders: z.int(),
  secondsPerPhase: z.record(z.string(), z.number()),
  confidence: confidenceSchema,
  verdict: verdictSchema,
  settings: z.unknown(),
  inputs: z.array(inputRecordSchema),
  warnings: z.array(z.string()),
})
export type RegistrationResult = z.infer<typeof registrationSchema>

/** `result.json` as it may lie on disk: figures are null where another program registered and nobody judged. */
export const registrationResultSchema = registrationSchema.extend({
  views: z.array(viewSchema.extend({ similarity: viewSchema.shape.similarity.nullable() })),
  confidence: confidenceSchema.nullable(),
})
export type SavedRegistrationResult = z.infer<typeof registrationResultSchema>
