import { z } from 'zod'
import { progressSchema, type LiveEvent } from '../progress.js'
import { trainingMeasurementSchema } from '../training/measurement.js'
import { wireErrorSchema } from '../wire-error.js'

const jobIdSchema = z.string().min(1)

/** From the application to the engine. */
export const toEngineSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('request'),
    id: jobIdSchema,
    name: z.string(),
    /** Validated against the operation's own schema by the engine. */
    input: z.unknown(),
    /** Who asks; a newer preview of the same client replaces the one waiting. */
    client: z.string(),
  }),
  z.object({ type: z.literal('cancel'), id: jobIdSchema }),
])
export type ToEngine = z.infer<typeof toEngineSchema>

const pictureSchema = z.object({
  name: z.string(),
  width: z.int(),
  height: z.int(),
  pixels: z.union([z.instanceof(Float32Array), z.instanceof(Uint8Array), z.instanceof(Uint16Array)]),
})

export const liveEventSchema: z.ZodType<LiveEvent> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('started') }),
  z.object({ kind: z.literal('picture'), picture: pictureSchema }),
  z.object({ kind: z.literal('log'), message: z.string() }),
  z.object({
    kind: z.literal('iteration'),
    stage: z.string(),
    renders: z.number(),
    similarity: z.number(),
    worldFromVolume: z.array(z.array(z.number())),
  }),
  z.object({ kind: z.literal('training'), measurement: trainingMeasurementSchema }),
])

/** From the engine to the application. Every request is answered by exactly one `reply` or `error`. */
export const fromEngineSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready'), pid: z.int(), nodeVersion: z.string() }),
  z.object({ type: z.literal('progress'), id: jobIdSchema, progress: progressSchema }),
  z.object({ type: z.literal('event'), id: jobIdSchema, event: liveEventSchema }),
  z.object({ type: z.literal('reply'), id: jobIdSchema, output: z.unknown() }),
  z.object({ type: z.literal('error'), id: jobIdSchema, error: wireErrorSchema }),
  z.object({ type: z.literal('log'), level: z.enum(['info', 'warning', 'error']), message: z.string() }),
])
export type FromEngine = z.infer<typeof fromEngineSchema>
