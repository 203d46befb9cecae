import { z } from 'zod'
import { cameraSchema } from '../files/camera.js'
import { matrix4Schema } from '../matrix.js'
import { attenuationModelSchema, labelSourceSchema, volumeSourceSchema } from './sources.js'

export const renderDrrInputSchema = z.object({
  volume: volumeSourceSchema,
  labels: labelSourceSchema.optional(),
  camera: cameraSchema,
  worldFromVolume: matrix4Schema,
  method: z.enum(['siddon', 'trilinear']).default('trilinear'),
  attenuation: attenuationModelSchema.default('mu'),
  boneMultiplier: z.number().positive().default(1),
  /** Sampling step of the trilinear method, in voxels of the volume. */
  stepVoxels: z.number().positive().max(4).default(0.5),
  /** `preview` renders a coarser volume level to match the image, fast enough to follow the mouse. */
  quality: z.enum(['preview', 'full']).default('full'),
  threads: z.int().positive().optional(),
})
export const renderDrrOutputSchema = z.object({
  width: z.int(),
  height: z.int(),
  /** Line integrals, row-major, top row first. */
  pixels: z.instanceof(Float32Array),
  milliseconds: z.number(),
  warnings: z.array(z.string()),
})
export type RenderDrrInput = z.infer<typeof renderDrrInputSchema>
export type RenderDrrOutput = z.infer<typeof renderDrrOutputSchema>
