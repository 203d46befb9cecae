import { z } from 'zod'
import { sequenceSchema } from '../files/sequence-result.js'
import { registerInputSchema } from './register.js'

/** Registers frame after frame of multi-frame X-rays; all views are taken at the same frame. */
export const registerSequenceInputSchema = z.object({
  /** As for the first frame; the `frame` of its X-rays counts for nothing. */
  registration: registerInputSchema,
  /** Indices from 0 in the order of the work, or all. */
  frames: z.union([z.literal('all'), z.array(z.int().nonnegative()).min(1)]).default('all'),
  folder: z.string().min(1),
  /** Replace frames that were registered with other settings or on other files. */
  force: z.boolean().default(false),
})
export const registerSequenceOutputSchema = z.object({
  sequence: sequenceSchema,
  /** Frames that were found done. */
  keptFrames: z.array(z.int().nonnegative()),
  /** `sequence.json` last. */
  files: z.array(z.string()),
})
export type RegisterSequenceInput = z.infer<typeof registerSequenceInputSchema>
export type RegisterSequenceOutput = z.infer<typeof registerSequenceOutputSchema>

/** More than any recording holds. */
const mostFrames = 100_000

/** `all`, `A-B`, or a list of indices and ranges; a range may run backwards. Null for what names no frames. */
export function framesFromText(text: string): RegisterSequenceInput['frames'] | null {
  if (text === 'all') return 'all'
  const frames: number[] = []
  for (const part of text.split(',')) {
    const [, from, to = from] = /^(\d+)(?:-(\d+))?$/.exec(part) ?? []
    const [first, last] = [Number(from ?? NaN), Number(to ?? NaN)]
    if (!(Math.max(first, last) <= mostFrames)) return null
    const step = last < first ? -1 : 1
    for (let frame = first; frame !== last + step; frame += step) frames.push(frame)
  }
  return frames
}
