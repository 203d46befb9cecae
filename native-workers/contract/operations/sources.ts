import { z } from 'zod'
import { cameraSchema } from '../files/camera.js'
import { vector2Schema, vector3Schema } from '../matrix.js'

/** Operations name their inputs by path, never by a handle, so that a restarted engine can repeat them. */
export const volumeSourceSchema = z.object({
  path: z.string().min(1),
  /** Voxel spacing [column, row, slice] for formats that carry none (TIFF stacks). */
  spacingMm: vector3Schema.optional(),
  /** Which series of a DICOM folder, when it holds several. */
  seriesUid: z.string().optional(),
  /** The person has seen the geometry warnings of this volume and accepts them. */
  acceptGeometry: z.boolean().default(false),
})
export type VolumeSource = z.infer<typeof volumeSourceSchema>

export const labelSourceSchema = z.object({
  path: z.string().min(1),
  /** Only these labels are rendered; empty means every label above 0. */
  structures: z.array(z.int().positive()).default([]),
})
export type LabelSource = z.infer<typeof labelSourceSchema>

/** xvr's X-ray preprocessing (spec §4.2), in the order in which it is applied; each step optional and recorded. */
export const preprocessingSchema = z.object({
  /** Total pixels removed per dimension, half on each side, as xvr's --crop. */
  crop: z.int().nonnegative().default(0),
  invert: z.boolean().default(false),
  subtractBackground: z.boolean().default(false),
  linearize: z.boolean().default(false),
  /** Find the collimator's border and saturated areas and leave their pixels out. */
  autoMask: z.boolean().default(true),
})
export type Preprocessing = z.infer<typeof preprocessingSchema>

export const frameChoiceSchema = z.union([z.int().nonnegative(), z.enum(['max', 'mean'])])
export type FrameChoice = z.infer<typeof frameChoiceSchema>

export const xraySourceSchema = z.object({
  path: z.string().min(1),
  /** Frame of a multi-frame image: an index from 0, the maximum or the mean. */
  frame: frameChoiceSchema.default(0),
  preprocessing: preprocessingSchema.prefault({}),
  /** A picture whose pixels above 0 are valid, at the X-ray's size; replaces the automatic mask. */
  maskPath: z.string().optional(),
})
export type XraySource = z.infer<typeof xraySourceSchema>

/** Where an X-ray's camera comes from; nothing is guessed: what is missing is a `geometry-missing` error. */
export const cameraSourceSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('camera'), camera: cameraSchema }),
  /** camera@1 JSON, or MayaCam 2 / XMALab calibration text. */
  z.object({ kind: z.literal('file'), path: z.string().min(1) }),
  /** Tags of the X-ray itself, any of them replaced by given numbers. */
  z.object({
    kind: z.literal('numbers'),
    sddMm: z.number().positive().optional(),
    pixelSpacingMm: vector2Schema.optional(),
    /** Pixels [u, v] of the original, uncropped image; the image's centre when absent. */
    principalPoint: vector2Schema.optional(),
  }),
])
export type CameraSource = z.infer<typeof cameraSourceSchema>

export const attenuationModelSchema = z.enum(['density', 'mu', 'identity'])
export type AttenuationModel = z.infer<typeof attenuationModelSchema>
