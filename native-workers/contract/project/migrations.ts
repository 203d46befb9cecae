import { z } from 'zod'
import { UserError } from '../errors.js'
import { projectFileSchema, projectFormat, type ProjectFile } from './project.js'

/** Turns a document of one version into one of the next. */
export type Migration = (document: Readonly<Record<string, unknown>>) => Record<string, unknown>

/** By the version that they start from. Version 1 is the first. */
export const migrations: Readonly<Partial<Record<number, Migration>>> = {}

const envelopeSchema = z.looseObject({ schema: z.string() })

/** The version that a document says of itself. Throws `UserError` when it is no project. */
function formatOf(document: { readonly schema: string }): number {
  const digits = /^isocenter\/project@(\d+)$/.exec(document.schema)?.[1]
  if (digits === undefined)
    throw new UserError('format-unknown', 'The file is not a project of this program.')
  return Number(digits)
}

/** Brings a document up to `target`, step by step. Throws `UserError` for a newer or unknown one. */
export function migrated(
  document: unknown,
  steps: Readonly<Partial<Record<number, Migration>>> = migrations,
  target: number = projectFormat,
): Record<string, unknown> {
  const envelope = envelopeSchema.safeParse(document)
  if (!envelope.success) {
    throw new UserError('format-unknown', 'The file is not a project of this program.')
  }
  let present: Record<string, unknown> = envelope.data
  const format = formatOf(envelope.data)
  if (format > target) {
    throw new UserError(
      'format-unsupported',
      `The project was written by a newer version of the program (project format ${format}; this one reads up to ${target}).`,
      'Open it with that version. Nothing was changed.',
    )
  }
  for (let from = format; from < target; from++) {
    const step = steps[from]
    if (step === undefined) {
      throw new UserError('format-unsupported', `Project format ${from} can no longer be read.`)
    }
    present = { ...step(present), schema: `isocenter/project@${from + 1}` }
  }
  return present
}

/** The project in a parsed `project.json`. Throws `UserError` that names the field that is wrong. */
export function projectFrom(document: unknown): ProjectFile {
  const parsed = projectFileSchema.safeParse(migrated(document))
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const field = issue?.path.join('.') ?? ''
  throw new UserError('values-invalid', `The project is not valid: ${field}: ${issue?.message ?? ''}`)
}
