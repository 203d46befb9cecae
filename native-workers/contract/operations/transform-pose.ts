import { z } from 'zod'
import { matrix4Schema, vector3Schema } from '../matrix.js'
import { volumeSourceSchema } from './sources.js'
import { warpSourceSchema } from './warp.js'

export const transformPoseInputSchema = z.object({
  /** The pose found on the template. */
  worldFromTemplate: matrix4Schema,
  warp: warpSourceSchema.omit({ templateCentreMm: true }),
  /** The patient's volume: where a warp that stretches is held, its centre. The origin of LPS when absent. */
  volume: volumeSourceSchema.optional(),
  /** `*.pose.json`. */
  outputPath: z.string().min(1),
  force: z.boolean().default(false),
})
export const transformPoseReportSchema = z.object({
  worldFromVolume: matrix4Schema,
  /** The rigid part of the warp, LPS mm; a mirror where `isMirror`. */
  patientFromTemplate: matrix4Schema,
  isMirror: z.boolean(),
  /** Of the whole warp, largest first; what differs from 1 is left out. */
  stretches: vector3Schema,
  warnings: z.array(z.string()),
})
export const transformPoseOutputSchema = transformPoseReportSchema.extend({
  path: z.string(),
  isUpToDate: z.boolean(),
})
export type TransformPoseInput = z.infer<typeof transformPoseInputSchema>
export type TransformPoseReport = z.infer<typeof transformPoseReportSchema>
export type TransformPoseOutput = z.infer<typeof transformPoseOutputSchema>
