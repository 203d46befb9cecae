import { z } from 'zod'

/** What a scene is photographed on. */
export const sceneBackgroundSchema = z.enum(['dark', 'white', 'black'])
export type SceneBackground = z.infer<typeof sceneBackgroundSchema>

/**
 * Work for the browser engine, which has codecs and WebGL: written as `job.json` by the engine, read by an Electron
 * that was started with `--browser-job=PATH` and shows no window. It answers with `report.json` beside the job.
 */
export const browserJobSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('encode-video'),
    /** PNG files `0.png`, `1.png` ... of one size with even sides. */
    framesFolder: z.string(),
    frameCount: z.int().positive(),
    /** How often the last frame is shown again at the end. */
    lastFrameRepeats: z.int().nonnegative(),
    framesPerSecond: z.number().positive(),
    size: z.object({ width: z.int().positive(), height: z.int().positive() }),
    container: z.enum(['mp4', 'webm']),
    outputPath: z.string(),
  }),
  z.object({
    kind: z.literal('photograph'),
    /** A page that sets `data-state` of its root to `ready` or `failed`. */
    pagePath: z.string(),
    size: z.object({ width: z.int().positive(), height: z.int().positive() }),
    background: sceneBackgroundSchema,
    /** PNG. */
    outputPath: z.string(),
  }),
  z.object({
    kind: z.literal('photograph-orbit'),
    /** A scene's page; it is turned once round the patient's long axis. */
    pagePath: z.string(),
    size: z.object({ width: z.int().positive(), height: z.int().positive() }),
    background: sceneBackgroundSchema,
    frameCount: z.int().positive(),
    /** Whether the camera stays at the usual distance or comes close to the volume. */
    viewpoint: z.enum(['everything', 'volume']),
    /** Receives the PNG files `0.png`, `1.png` ... */
    framesFolder: z.string(),
  }),
])
export type BrowserJob = z.infer<typeof browserJobSchema>
export type EncodeVideoJob = Extract<BrowserJob, { kind: 'encode-video' }>
export type PhotographJob = Extract<BrowserJob, { kind: 'photograph' }>
export type PhotographOrbitJob = Extract<BrowserJob, { kind: 'photograph-orbit' }>

export const browserReportSchema = z.discriminatedUnion('ok', [
  /** `codec` of a video. */
  z.object({ ok: z.literal(true), codec: z.string().optional() }),
  z.object({ ok: z.literal(false), message: z.string() }),
])
export type BrowserReport = z.infer<typeof browserReportSchema>

/** Names the job's file on the browser engine's command line. */
export const browserJobSwitch = '--browser-job='

/** Printed by the browser engine, one to a line, followed by a number 0..1. */
export const browserProgressPrefix = 'progress '
