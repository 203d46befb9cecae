import { z } from 'zod'
import { vector2Schema } from '../matrix.js'
import { orientationSchema } from './register.js'
import { volumeSourceSchema } from './sources.js'

export const convertXvrResultInputSchema = z.object({
  /** `parameters.pt` of xvr's main branch, or `NNN.pth` of its newest one. */
  path: z.string().min(1),
  outputPath: z.string().min(1),
  /** Where the CT lies now; as recorded when absent. */
  volume: volumeSourceSchema.optional(),
  xrayPath: z.string().min(1).optional(),
  /** The following go before what the file records; newest files record none of them. */
  orientation: orientationSchema.optional(),
  crop: z.int().nonnegative().optional(),
  /** DiffDRR's constructor arguments x0 and y0. */
  detectorOffsetMm: vector2Schema.optional(),
  linearize: z.boolean().optional(),
  subtractBackground: z.boolean().optional(),
  /** Undo the half voxel by which xvr's main branch renders volumes displaced. */
  undoHalfVoxel: z.boolean().default(false),
  force: z.boolean().default(false),
})

export const convertXvrResultReportSchema = z.object({
  layout: z.enum(['parameters.pt', 'newest .pth']),
  trajectoryPoints: z.int(),
  warnings: z.array(z.string()),
})
export const convertXvrResultOutputSchema = convertXvrResultReportSchema.extend({
  path: z.string(),
  isUpToDate: z.boolean(),
})
export type ConvertXvrResultInput = z.infer<typeof convertXvrResultInputSchema>
export type ConvertXvrResultReport = z.infer<typeof convertXvrResultReportSchema>
export type ConvertXvrResultOutput = z.infer<typeof convertXvrResultOutputSchema>

export const convertToXvrInputSchema = z.object({
  /** `result.json` of a registration, or its folder. */
  path: z.string().min(1),
  outputPath: z.string().min(1),
  /** Which of several X-rays, from 1. */
  view: z.int().positive().default(1),
  /** DiffDRR's description of the view; as the registration started when absent, else AP with reversed x axis. */
  orientation: orientationSchema.optional(),
  reverseXAxis: z.boolean().optional(),
  force: z.boolean().default(false),
})
export const convertToXvrReportSchema = z.object({
  orientation: orientationSchema,
  reverseXAxis: z.boolean(),
  warnings: z.array(z.string()),
})
export const convertToXvrOutputSchema = convertToXvrReportSchema.extend({
  path: z.string(),
  isUpToDate: z.boolean(),
})
export type ConvertToXvrInput = z.infer<typeof convertToXvrInputSchema>
export type ConvertToXvrReport = z.infer<typeof convertToXvrReportSchema>
export type ConvertToXvrOutput = z.infer<typeof convertToXvrOutputSchema>
