import { z } from 'zod'
import { registrationResultSchema } from '../files/registration-result.js'
import { decisionSchema, reviewSchema } from '../files/review.js'

export const checkedInputSchema = z.object({
  role: z.string(),
  /** Where it was found; as the result names it unless the `state` is `same`. */
  path: z.string(),
  state: z.enum(['same', 'changed', 'missing']),
})
export type CheckedInput = z.infer<typeof checkedInputSchema>

/** Brings a saved registration back to be looked at; nothing is computed again. */
export const openRegistrationInputSchema = z.object({
  /** `result.json`, or the folder with it. */
  resultPath: z.string().min(1),
  /** Hold the files that were registered against the result's records, by their content. */
  checkInputs: z.boolean().default(false),
  /** Where inputs may lie now besides the places that the result itself leads to. */
  candidatePaths: z.array(z.string().min(1)).default([]),
})
export const openRegistrationOutputSchema = z.object({
  resultPath: z.string(),
  result: registrationResultSchema,
  /** Null where nobody has judged it, or `review.json` is damaged. */
  review: reviewSchema.nullable(),
  /** Empty unless they were checked. */
  inputs: z.array(checkedInputSchema),
})
export type OpenRegistrationInput = z.infer<typeof openRegistrationInputSchema>
export type OpenRegistrationOutput = z.infer<typeof openRegistrationOutputSchema>

/** Writes `review.json` beside a result; an earlier one is replaced. */
export const reviewRegistrationInputSchema = z.object({
  folder: z.string().min(1),
  decision: decisionSchema,
  note: z.string(),
})
export const reviewRegistrationOutputSchema = z.object({ file: z.string() })
export type ReviewRegistrationInput = z.infer<typeof reviewRegistrationInputSchema>
export type ReviewRegistrationOutput = z.infer<typeof reviewRegistrationOutputSchema>
