import { z } from 'zod'
import { inputRecordSchema } from './input-record.js'

/**
 * `*.provenance.json` beside the outputs of a step: what they were computed from, with which settings, by which
 * version, and the step's own report. A later run with the same of everything finds its work done.
 */
export const provenanceSchema = z.object({
  schema: z.literal('isocenter/provenance@1'),
  created: z.string(),
  version: z.string(),
  operation: z.string(),
  settings: z.unknown(),
  inputs: z.array(inputRecordSchema),
  /** Paths relative to this file's folder. */
  outputs: z.array(z.object({ file: z.string(), sha256: z.string(), bytes: z.number() })),
  /** What the operation returned, shown again when it has nothing left to do. */
  report: z.unknown(),
})
export type Provenance = z.infer<typeof provenanceSchema>
