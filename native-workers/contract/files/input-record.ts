import { z } from 'zod'

/** Which file an output was computed from: its content's SHA-256 and size. */
export const inputRecordSchema = z.object({
  role: z.string(),
  path: z.string(),
  sha256: z.string(),
  bytes: z.number(),
})
export type InputRecord = z.infer<typeof inputRecordSchema>
