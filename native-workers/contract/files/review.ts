import { z } from 'zod'

export const decisionSchema = z.enum(['open', 'accepted', 'rejected'])
export type Decision = z.infer<typeof decisionSchema>

/** What a person thinks of a result (`review.json` beside `result.json`). */
export const reviewSchema = z.object({
  schema: z.literal('isocenter/review@1'),
  decision: decisionSchema,
  note: z.string(),
  reviewed: z.iso.datetime(),
})
export type Review = z.infer<typeof reviewSchema>
