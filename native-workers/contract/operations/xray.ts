import { z } from 'zod'
import { cameraSchema } from '../files/camera.js'
import { vector2Schema } from '../matrix.js'
import { cameraSourceSchema, xraySourceSchema } from './sources.js'
import { geometryIssueSchema } from './volume.js'

/** What the X-ray's own tags say of its geometry; absent where the file is silent. */
export const xrayTagsSchema = z.object({
  modality: z.string().optional(),
  photometricInterpretation: z.string().optional(),
  /** LIN, LOG or DISP (DICOM 0028,1040). */
  pixelIntensityRelationship: z.string().optional(),
  /** 1: small stored values mean little radiation; -1: large ones do (DICOM 0028,1041). */
  pixelIntensityRelationshipSign: z.number().optional(),
  sourceToDetectorMm: z.number().optional(),
  sourceToPatientMm: z.number().optional(),
  imagerPixelSpacingMm: vector2Schema.optional(),
  pixelSpacingMm: vector2Schema.optional(),
  magnification: z.number().optional(),
  positionerPrimaryAngleDeg: z.number().optional(),
  positionerSecondaryAngleDeg: z.number().optional(),
  patientOrientation: z.string().optional(),
  viewPosition: z.string().optional(),
  frames: z.int(),
})
export type XrayTags = z.infer<typeof xrayTagsSchema>

export const openXrayInputSchema = z.object({
  xray: xraySourceSchema,
  camera: cameraSourceSchema.optional(),
})
export const openXrayOutputSchema = z.object({
  name: z.string(),
  format: z.string(),
  tags: xrayTagsSchema,
  issues: z.array(geometryIssueSchema),
  /** Null with an explanation in `issues` while spacing or source-to-detector distance are unknown. */
  camera: cameraSchema.nullable(),
  /** The share of pixels that the mask keeps. */
  validPixelFraction: z.number(),
  /** Preprocessed pixels scaled to 0..1, and the mask; the engine sends the arrays as binary frames. */
  picture: z.object({
    width: z.int(),
    height: z.int(),
    pixels: z.instanceof(Float32Array),
    valid: z.instanceof(Uint8Array),
  }),
})
export type OpenXrayInput = z.infer<typeof openXrayInputSchema>
export type OpenXrayOutput = z.infer<typeof openXrayOutputSchema>
