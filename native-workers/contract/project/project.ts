import { z } from 'zod'
import { decisionSchema } from '../files/review.js'
import { matrix4Schema, vector2Schema, vector3Schema } from '../matrix.js'
import {
  cameraSourceSchema,
  labelSourceSchema,
  volumeSourceSchema,
  xraySourceSchema,
} from '../operations/sources.js'
import { trainingConfigurationSchema } from '../training/configuration.js'

/** The version of the form below; a change that older programs would misread raises it (`migrations.ts`). */
export const projectFormat = 1

export const projectXraySchema = z.object({
  source: xraySourceSchema,
  camera: cameraSourceSchema.optional(),
  included: z.boolean(),
  /** Points picked in it, by the names of the patient's points; pixels before any crop. */
  points: z.array(z.object({ name: z.string().min(1), pixel: vector2Schema })).optional(),
})
export type ProjectXray = z.infer<typeof projectXraySchema>

/** A saved registration, and what the person thinks of it. */
export const projectRegistrationSchema = z.object({
  /** Its folder, or its file where that is not called `result.json`. */
  folder: z.string().min(1),
  created: z.iso.datetime(),
  verdict: z.enum(['good', 'check', 'failed']),
  note: z.string(),
  decision: decisionSchema,
})

export type ProjectRegistration = z.infer<typeof projectRegistrationSchema>

/** A transform of the CT that later steps may use. */
export const projectTransformSchema = z.object({
  id: z.uuid(),
  name: z.string().min(1),
  /** Where a point of the CT in its file is moved to, LPS mm. */
  movedFromVolume: matrix4Schema,
  /** The file or step that it came from, in words. */
  source: z.string(),
})
export type ProjectTransform = z.infer<typeof projectTransformSchema>

/** Edits of a label map that are not saved yet. */
export const projectLabelEditsSchema = z.object({
  /** The map that was edited. */
  map: z.string().min(1),
  /** A copy of it with the edits. */
  journal: z.string().min(1),
})
export type ProjectLabelEdits = z.infer<typeof projectLabelEditsSchema>

/** A point of the CT, LPS mm; without a position where it is known in X-rays alone so far. */
export const projectPointSchema = z.object({
  name: z.string().min(1),
  colour: z.string().regex(/^#[0-9a-fA-F]{6}$/),
  position: vector3Schema.optional(),
})
export type ProjectPoint = z.infer<typeof projectPointSchema>

export const projectPatientSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  volume: volumeSourceSchema.optional(),
  labels: labelSourceSchema.optional(),
  /** The label map over the CT, which need not be the registration's. */
  shownLabels: z.string().optional(),
  labelEdits: projectLabelEditsSchema.optional(),
  xrays: z.array(projectXraySchema),
  worldFromVolume: matrix4Schema.optional(),
  transforms: z.array(projectTransformSchema).optional(),
  /** The box to cut out of the CT, in its voxels, both ends included; `isChosen`: rather than structures. */
  cropBox: z.object({ first: vector3Schema, last: vector3Schema, isChosen: z.boolean() }).optional(),
  points: z.array(projectPointSchema).optional(),
  /** The points' positions are of another CT than `volume`. */
  pointsOfOtherVolume: z.boolean().optional(),
  registrations: z.array(projectRegistrationSchema),
  /** The folder of the one that is shown. */
  shownRegistration: z.string().optional(),
  /** Networks that a registration starts from. */
  networks: z.array(z.string().min(1)).optional(),
  /** The folder of the training that is shown, which can go on from its newest checkpoint. */
  training: z.string().min(1).optional(),
})
export type ProjectCropBox = NonNullable<z.infer<typeof projectPatientSchema>['cropBox']>
export type ProjectPatient = z.infer<typeof projectPatientSchema>

export const projectViewSchema = z.object({
  windowLevel: z.object({ width: z.number().positive(), centre: z.number() }).optional(),
  crosshairMm: vector3Schema.optional(),
  /** Names are the window's own: one that it does not know is passed over. */
  layout: z.string().optional(),
  maximised: z.string().nullable().default(null),
  overlayMode: z.string().optional(),
  blend: z.number().min(0).max(1).optional(),
})

/** A session that can be gone on with. In memory all paths are absolute. */
export const projectSchema = z.object({
  schema: z.literal(`isocenter/project@${projectFormat}`),
  id: z.uuid(),
  name: z.string().min(1),
  created: z.iso.datetime(),
  changed: z.iso.datetime(),
  /** Of the program that wrote it. */
  version: z.string(),
  patients: z.array(projectPatientSchema).min(1),
  activePatient: z.uuid(),
  activeStep: z.string(),
  /** By the names of the window's fields, so that a new field is no new version; unknown ones are passed over. */
  registrationSettings: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  /** What the next training will do. */
  trainingSettings: trainingConfigurationSchema.omit({ subjects: true }).optional(),
  view: projectViewSchema,
})
export type Project = z.infer<typeof projectSchema>

/** What tells cheaply whether a file is still the one that the project knew; null for a folder. */
export const fileFactsSchema = z.object({
  sizeBytes: z.int().nonnegative().nullable(),
  modified: z.iso.datetime(),
})
export type FileFacts = z.infer<typeof fileFactsSchema>

/**
 * `project.json`. Paths inside the project's folder are relative with forward slashes, others absolute; `files`
 * has the facts of each under the same words. Contents are not hashed here: that would read gigabytes at every
 * save, and registrations hold the hashes of what they were made from.
 */
export const projectFileSchema = projectSchema.extend({ files: z.record(z.string(), fileFactsSchema) })
export type ProjectFile = z.infer<typeof projectFileSchema>
