import { z } from 'zod'
import { cameraSchema } from '../files/camera.js'
import { matrix4Schema } from '../matrix.js'
import { attenuationModelSchema, labelSourceSchema, volumeSourceSchema } from './sources.js'

export const renderHighQualityDrrInputSchema = z.object({
  scene: z.discriminatedUnion('kind', [
    /** The final pose of a saved registration, over the whole field of one of its X-rays before any crop. */
    z.object({
      kind: z.literal('result'),
      resultPath: z.string().min(1),
      viewIndex: z.int().nonnegative().default(0),
    }),
    z.object({
      kind: z.literal('camera'),
      volume: volumeSourceSchema,
      labels: labelSourceSchema.optional(),
      camera: cameraSchema,
      worldFromVolume: matrix4Schema,
      /** Write the picture right to left, as seen from the detector's side. */
      mirroredColumns: z.boolean().default(false),
    }),
  ]),
  /** Default: as registered, else `mu` and 1. */
  attenuation: attenuationModelSchema.optional(),
  boneMultiplier: z.number().positive().optional(),
  /** N x N rays over each pixel's area. */
  supersampling: z.int().min(1).max(8).default(2),
  /** .png (16-bit, scaled), .dcm (16-bit, with geometry), .tiff, .mha or .nrrd (float32). */
  outputPath: z.string().min(1),
  threads: z.int().positive().optional(),
  force: z.boolean().default(false),
})

const reportShape = {
  width: z.int(),
  height: z.int(),
  /** Of the line integrals. */
  minimum: z.number(),
  maximum: z.number(),
  seconds: z.number(),
  warnings: z.array(z.string()),
}
export const highQualityDrrReportSchema = z.object(reportShape)
export const renderHighQualityDrrOutputSchema = z.object({ ...reportShape, isUpToDate: z.boolean() })
export type RenderHighQualityDrrInput = z.infer<typeof renderHighQualityDrrInputSchema>
export type HighQualityDrrReport = z.infer<typeof highQualityDrrReportSchema>
export type RenderHighQualityDrrOutput = z.infer<typeof renderHighQualityDrrOutputSchema>
