import { z } from 'zod'

/** The life of the engine process as the window sees it. `reason` is a sentence for people. */
export const engineStatusSchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('starting') }),
  z.object({ state: z.literal('ready'), pid: z.int(), nodeVersion: z.string() }),
  /** The process ended by itself; running operations were rejected with `engine-lost`. */
  z.object({ state: z.literal('lost'), reason: z.string() }),
  z.object({ state: z.literal('restarting'), reason: z.string(), attempt: z.int().positive() }),
  /** No further attempt is made: the application is quitting, or the engine can't be started. */
  z.object({ state: z.literal('stopped'), reason: z.string() }),
])

export type EngineStatus = z.infer<typeof engineStatusSchema>
