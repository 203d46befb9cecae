import { z } from 'zod'
import { cameraSchema } from '../files/camera.js'
import { imagePointsSchema, pointsSchema, type PointsFile } from '../files/points.js'
import { poseSchema, type PoseFile } from '../files/pose.js'
import { registrationResultSchema } from '../files/registration-result.js'
import type { PhantomOutput } from '../operations/phantom.js'

/** The window's wish to run an operation; `request` is held against the operation's own schema. */
export const runRequestSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  request: z.record(z.string(), z.unknown()),
  client: z.string().default('window'),
})

/** What an open dialog asks for. */
export const openKindSchema = z.enum([
  'volume-file',
  'volume-folder',
  'labels',
  'label-names',
  'xray',
  'mask',
  'camera',
  'pose',
  'points',
  'image-points',
  'result',
  'transform',
  'result-folder',
  'checkpoint',
  'training-folder',
])
export type OpenKind = z.infer<typeof openKindSchema>

/** The program's small JSON files that the window may read. */
export const jsonFileSchemas = {
  camera: cameraSchema,
  pose: poseSchema,
  points: pointsSchema,
  'image-points': imagePointsSchema,
  result: registrationResultSchema,
} as const
export const jsonFileKindSchema = z.enum(['camera', 'pose', 'points', 'image-points', 'result'])
export type JsonFileKind = z.infer<typeof jsonFileKindSchema>
export type JsonFileContent<Kind extends JsonFileKind> = z.infer<(typeof jsonFileSchemas)[Kind]>

/** A view of the window to be saved as a picture: its place in CSS pixels, and a folder for results. */
export const screenshotRequestSchema = z.object({
  view: z.enum(['axial', 'sagittal', 'coronal', 'three-d', 'xray']),
  area: z.object({
    x: z.int().nonnegative(),
    y: z.int().nonnegative(),
    width: z.int().positive().max(16_384),
    height: z.int().positive().max(16_384),
  }),
  folder: z.string().min(1),
})
export type ScreenshotRequest = z.infer<typeof screenshotRequestSchema>

export const menuCommandSchema = z.enum([
  'open-volume',
  'open-volume-folder',
  'open-xray',
  'open-sample',
  'undo',
  'redo',
  'save',
  'help',
  'log',
  'about',
  'settings',
  'zoom-in',
  'zoom-out',
  'zoom-reset',
])
export type MenuCommand = z.infer<typeof menuCommandSchema>

/** The built-in sample. `truths` has one pose per view, in the order of `files.views`. */
export interface Sample {
  readonly files: PhantomOutput
  readonly truths: readonly PoseFile[]
  readonly landmarks: PointsFile
}

export interface AppInfo {
  readonly version: string
  readonly electronVersion: string
  readonly chromeVersion: string
  readonly platform: string
  readonly logFile: string
  /** The command line asked for the sample (`--sample`). */
  readonly openSampleAtStart: boolean
}
