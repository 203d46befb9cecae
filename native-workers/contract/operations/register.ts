import { z } from 'zod'
import { imagePointsSchema, pointsSchema } from '../files/points.js'
import { registrationSchema } from '../files/registration-result.js'
import { matrix4Schema, vector3Schema } from '../matrix.js'
import { warpSourceSchema } from './warp.js'
import {
  attenuationModelSchema,
  cameraSourceSchema,
  labelSourceSchema,
  volumeSourceSchema,
  xraySourceSchema,
} from './sources.js'

export const orientationSchema = z.enum(['AP', 'PA', 'none'])

const fixedPoseShape = {
  /** DiffDRR's ZXY angles. */
  rotationDeg: vector3Schema,
  /** DiffDRR's pre-rotation translation. */
  translationMm: vector3Schema,
  orientation: orientationSchema,
  reverseXAxis: z.boolean().default(true),
}

/** Starts that are given without looking at the X-ray. */
export const givenStartSchema = z.discriminatedUnion('kind', [
  /** Training-free search around a nominal view; no start needed. */
  z.object({
    kind: z.literal('search'),
    /** Centre of the search; an AP view at `sourceToIsocentreMm` when absent. */
    nominal: z.object(fixedPoseShape).optional(),
    worldFromVolume: matrix4Schema.optional(),
    sourceToIsocentreMm: z.number().positive().optional(),
    /** Half widths about the nominal view: [about the patient's axis, cranio-caudal tilt, roll]. */
    rangeRotationDeg: vector3Schema.default([45, 45, 45]),
    /** Half widths [along columns, along rows, along the view]. */
    rangeTranslationMm: vector3Schema.default([100, 100, 100]),
    /** Also try the view from the opposite side. */
    antipode: z.boolean().default(true),
  }),
  z.object({ kind: z.literal('pose'), worldFromVolume: matrix4Schema }),
  z.object({ kind: z.literal('fixed'), ...fixedPoseShape }),
  z.object({ kind: z.literal('dicom'), orientation: orientationSchema.default('AP') }),
  z.object({
    kind: z.literal('landmarks'),
    points3d: pointsSchema,
    /** Of the first X-ray, or of every X-ray in their order; pixels of the X-ray before any crop. */
    points2d: z.union([imagePointsSchema, z.array(imagePointsSchema).min(1)]),
  }),
])
export type GivenStart = z.infer<typeof givenStartSchema>

/** Where the registration starts. */
export const initialPoseSchema = z.discriminatedUnion('kind', [
  ...givenStartSchema.options,
  /** A trained network looks at the first X-ray; of several checkpoints the pose that fits best is taken. */
  z.object({
    kind: z.literal('model'),
    /** Checkpoints (JSON, folder of a training, or xvr's `.pth`). */
    checkpoints: z.array(z.string().min(1)).min(1),
    /** Keep the network's pose as it is. */
    initOnly: z.boolean().default(false),
  }),
])
export type InitialPose = z.infer<typeof initialPoseSchema>

export const metricSchema = z.enum(['gmncc', 'mncc', 'gncc', 'ncc', 'mi'])
export type MetricName = z.infer<typeof metricSchema>

export const registerInputSchema = z.object({
  views: z.array(z.object({ xray: xraySourceSchema, camera: cameraSourceSchema })).min(1),
  volume: volumeSourceSchema,
  labels: labelSourceSchema.optional(),
  initial: initialPoseSchema,
  /** The given start was found on a template and goes through this transform; not for starts of other kinds. */
  warp: warpSourceSchema.optional(),
  metric: metricSchema.default('gmncc'),
  optimizer: z.enum(['lm', 'adam']).default('lm'),
  /** xvr's pyramid: divisors of the X-ray's height, coarse to fine; chosen from the image when absent. */
  scales: z.array(z.number().positive()).optional(),
  attenuation: attenuationModelSchema.default('mu'),
  boneMultiplier: z.number().positive().default(1),
  /** Leave out rays that enter or leave through the ends of a CT that is shorter than the body. */
  capRays: z.boolean().default(true),
  /** Down-weight windows that disagree (metal, instruments). */
  robust: z.boolean().default(false),
  /** With structures: also restrict the comparison to the dilated silhouette, by this many mm at the object. */
  silhouetteMarginMm: z.number().positive().optional(),
  /** `fine` adds the 256-pixel level. */
  finish: z.enum(['standard', 'fine']).default('fine'),
  refineIntrinsics: z.boolean().default(false),
  refineIntensity: z.boolean().default(false),
  confidence: z.enum(['full', 'none']).default('full'),
  threads: z.int().positive().optional(),
  seed: z.int().nonnegative().default(0),
})
export type RegisterInput = z.infer<typeof registerInputSchema>

/** The result and the pictures that belong to it, by file name; pixels 0..255. */
export const registerOutputSchema = z.object({
  result: registrationSchema,
  pictures: z.array(
    z.object({
      name: z.string(),
      width: z.int(),
      height: z.int(),
      channels: z.union([z.literal(1), z.literal(3)]),
      pixels: z.instanceof(Uint8Array),
    }),
  ),
})
export type RegisterOutput = z.infer<typeof registerOutputSchema>

export const saveRegistrationInputSchema = z.object({
  output: registerOutputSchema,
  folder: z.string().min(1),
})
export const saveRegistrationOutputSchema = z.object({ files: z.array(z.string()) })
export type SaveRegistrationInput = z.infer<typeof saveRegistrationInputSchema>
export type SaveRegistrationOutput = z.infer<typeof saveRegistrationOutputSchema>
