import { z } from 'zod'
import { cameraSchema } from '../files/camera.js'
import { cameraSourceSchema, frameChoiceSchema } from './sources.js'

export const mirrorXrayInputSchema = z.object({
  xrayPath: z.string().min(1),
  /** Frame of a multi-frame image: an index from 0, the maximum or the mean. */
  frame: frameChoiceSchema.default(0),
  camera: cameraSourceSchema,
  folder: z.string().min(1),
  /** Begins the names of the outputs. */
  caseName: z.string().regex(/^[^/\\]+$/, 'A case name holds no slashes'),
  force: z.boolean().default(false),
})

export const mirrorXrayReportSchema = z.object({
  /** Of the mirrored picture. */
  camera: cameraSchema,
  /** e.g. "PNG, 16 bits" */
  format: z.string(),
  warnings: z.array(z.string()),
})
export type MirrorXrayReport = z.infer<typeof mirrorXrayReportSchema>

export const mirrorXrayOutputSchema = mirrorXrayReportSchema.extend({
  xrayPath: z.string(),
  cameraPath: z.string(),
  isUpToDate: z.boolean(),
})
export type MirrorXrayInput = z.infer<typeof mirrorXrayInputSchema>
export type MirrorXrayOutput = z.infer<typeof mirrorXrayOutputSchema>
