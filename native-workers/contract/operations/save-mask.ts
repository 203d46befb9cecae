import { z } from 'zod'

export const saveMaskInputSchema = z
  .object({
    folder: z.string().min(1),
    /** Begins the file's name, e.g. that of the X-ray. */
    name: z.string().regex(/^[^/\\]+$/, 'A name holds no slashes'),
    width: z.int().positive(),
    height: z.int().positive(),
    /** Of the uncropped X-ray, top row first; above 0 is valid. */
    valid: z.instanceof(Uint8Array),
  })
  .refine(({ width, height, valid }) => valid.length === width * height, 'The mask needs a value per pixel.')
/** A new file, whatever stood in the folder: an earlier mask is what an undo goes back to. */
export const saveMaskOutputSchema = z.object({ path: z.string(), validPixelFraction: z.number() })
export type SaveMaskInput = z.infer<typeof saveMaskInputSchema>
export type SaveMaskOutput = z.infer<typeof saveMaskOutputSchema>
