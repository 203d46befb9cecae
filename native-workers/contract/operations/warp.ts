import { z } from 'zod'
import { vector3Schema } from '../matrix.js'

/**
 * A linear transform file between two volumes, through which a pose found on the one is brought to the other. It maps
 * points of the template (the reference or prepared volume, where the pose was found) to points of the patient's
 * volume, as `coregister` and `crop` write it and ITK's resampling takes it.
 */
export const warpSourceSchema = z.object({
  path: z.string().min(1),
  /** The file maps the other way: patient to template. */
  invert: z.boolean().default(false),
  /** DiffDRR's poses turn about this point of the template, LPS mm; a prepared template is centred at the origin. */
  templateCentreMm: vector3Schema.default([0, 0, 0]),
})
export type WarpSource = z.infer<typeof warpSourceSchema>
