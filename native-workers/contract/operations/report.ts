import { z } from 'zod'

const reportDesignShape = {
  /** A registration's result.json, or the folder with it. */
  resultPath: z.string().min(1),
  /** Names of files may name a patient: roles and hashes alone identify the inputs where they are left out. */
  withFileNames: z.boolean().default(true),
  /** E.g. a study's or a case's number. */
  title: z.string().max(120).default(''),
}

export const writeReportInputSchema = z.object({
  ...reportDesignShape,
  /** .pdf, .svg or .png. */
  outputPath: z.string().min(1),
  force: z.boolean().default(false),
})
export type WriteReportInput = z.infer<typeof writeReportInputSchema>

const writtenShape = { file: z.string(), bytes: z.int(), notes: z.array(z.string()) }
export const writeReportReportSchema = z.object(writtenShape)
export const writeReportOutputSchema = z.object({ ...writtenShape, isUpToDate: z.boolean() })
export type WriteReportReport = z.infer<typeof writeReportReportSchema>
export type WriteReportOutput = z.infer<typeof writeReportOutputSchema>

/** The same page as a picture for the window; nothing is written. */
export const previewReportInputSchema = z.object({
  ...reportDesignShape,
  widthPixels: z.int().min(200).max(4000).default(1240),
})
export const previewReportOutputSchema = z.object({
  png: z.instanceof(Uint8Array),
  notes: z.array(z.string()),
})
export type PreviewReportInput = z.infer<typeof previewReportInputSchema>
export type PreviewReportOutput = z.infer<typeof previewReportOutputSchema>
