import { z } from 'zod'

/** Several cases of one operation, one after the other; a failing case does not stop the others. */
export const batchInputSchema = z.object({
  /** Name of the operation that every case runs. */
  operation: z.string().min(1),
  cases: z
    .array(
      z.object({
        name: z.string().min(1),
        /** Input of the operation, as its own contract asks for it. */
        input: z.unknown(),
      }),
    )
    .min(1),
})

export const batchRowSchema = z.object({
  name: z.string(),
  state: z.enum(['done', 'up-to-date', 'failed']),
  seconds: z.number().nonnegative(),
  /** The sentence and the hint of a failed case. */
  message: z.string(),
  /** The operation's output; null for a failed case. */
  output: z.unknown(),
})
export const batchOutputSchema = z.object({ rows: z.array(batchRowSchema) })

export type BatchInput = z.infer<typeof batchInputSchema>
export type BatchRow = z.infer<typeof batchRowSchema>
export type BatchOutput = z.infer<typeof batchOutputSchema>
