import { z } from 'zod'

export const releaseMemoryInputSchema = z.object({})
export const releaseMemoryOutputSchema = z.object({})

export type ReleaseMemoryInput = z.infer<typeof releaseMemoryInputSchema>
export type ReleaseMemoryOutput = z.infer<typeof releaseMemoryOutputSchema>
