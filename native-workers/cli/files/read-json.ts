import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { type z } from 'zod'
import { UserError } from '../../contract/errors.js'
import { inputError } from '../../imaging/input-file.js'

/**
 * A JSON file checked against one of the contract's file schemas. `what` names the expected file in messages, e.g.
 * "pose file (isocenter/pose@1)". Errors: `file-not-found`, `file-unreadable`, `format-unknown`.
 */
export async function readJson<Schema extends z.ZodType>(
  path: string,
  schema: Schema,
  what: string,
): Promise<z.infer<Schema>> {
  const parsed = schema.safeParse(parseJson(path, await readText(path), what))
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  const where = issue === undefined || issue.path.length === 0 ? 'its content' : `"${issue.path.join('.')}"`
  throw new UserError(
    'format-unknown',
    `"${basename(path)}" is not a ${what}: ${where} does not fit${issue === undefined ? '' : ` (${issue.message})`}.`,
    'README.md describes the files.',
  )
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    throw inputError(error, path)
  }
}

function parseJson(path: string, text: string, what: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new UserError(
      'file-unreadable',
      `"${basename(path)}" is not a ${what}: it does not hold valid JSON.`,
      'The file may be incomplete or of another kind.',
    )
  }
}
