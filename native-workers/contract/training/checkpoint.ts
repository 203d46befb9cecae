import { z } from 'zod'
import { trainingConfigurationSchema } from './configuration.js'

/** Describes the best checkpoint of a training's folder, whose numbered files may be gone. */
export const bestCheckpointName = 'best.json'

const fileRecordSchema = z.object({ file: z.string(), sha256: z.string(), bytes: z.int() })

/**
 * The public face of a checkpoint (`NNNN.json`): what the network beside it takes and gives, how it was trained, and
 * under `config` the same in xvr's keys. Written last, so that a checkpoint that has it is whole.
 */
export const checkpointSchema = z.object({
  schema: z.literal('isocenter/checkpoint@1'),
  created: z.string(),
  version: z.string(),
  /** The network: input `xray` [batch, 1, height, height], outputs `rotation` [batch, n], `translation` [batch, 3]. */
  network: fileRecordSchema,
  /** What a restart needs beside the network: optimiser and counters. Absent in networks from elsewhere. */
  state: fileRecordSchema.optional(),
  iteration: z.int().nonnegative(),
  /** On the validation set, where there was one. */
  medianMtreMm: z.number().nullable(),
  configuration: trainingConfigurationSchema,
  /** The pixels that the network takes: (min-max normalised - mean) / std (specification §2.1). */
  preprocessing: z.object({ mean: z.number(), std: z.number() }),
  /** Predictions come in the frame of these subjects, whose middle lies at these LPS mm. */
  subjects: z.array(
    z.object({
      name: z.string(),
      isocentreMm: z.tuple([z.number(), z.number(), z.number()]),
      sha256: z.string(),
    }),
  ),
  /** xvr's keys. */
  config: z.record(z.string(), z.unknown()),
})
export type Checkpoint = z.infer<typeof checkpointSchema>
