import { z } from 'zod'

export const readLabelNamesInputSchema = z.object({
  /** JSON, a table (`.csv`, `.tsv`), label descriptions of ITK-SNAP or a colour table of 3D Slicer. */
  path: z.string().min(1),
})

export const readLabelNamesOutputSchema = z.object({
  /** Ascending by label; at least one. */
  names: z.array(z.object({ label: z.int().min(1).max(65535), name: z.string().min(1) })),
})
export type ReadLabelNamesInput = z.infer<typeof readLabelNamesInputSchema>
export type ReadLabelNamesOutput = z.infer<typeof readLabelNamesOutputSchema>
