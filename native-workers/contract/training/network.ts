import { z } from 'zod'

/** `light` has about 1 M parameters and is meant for machines without a GPU; the others are xvr's. */
export const networkNameSchema = z.enum(['light', 'resnet18', 'resnet34'])
export type NetworkName = z.infer<typeof networkNameSchema>

export const rotationFormSchema = z.enum([
  'axis_angle',
  'euler_angles',
  'quaternion',
  'rotation_6d',
  'rotation_9d',
  'rotation_10d',
  'quaternion_adjugate',
  'se3_log_map',
])

/** A pose-regression network: one channel in, the numbers of a pose out (specification §3.5). */
export const networkSchema = z.object({
  name: networkNameSchema,
  parameterization: rotationFormSchema.default('quaternion_adjugate'),
  /** Order of the axes of `euler_angles`. */
  convention: z.string().default('ZXY'),
  /** Millimetres per unit of the translation's output. */
  unitConversionFactor: z.number().positive().default(1000),
})
export type NetworkDescription = z.infer<typeof networkSchema>
