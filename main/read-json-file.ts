import { readFile, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import type { z } from 'zod'
import { UserError } from '../native-workers/contract/errors.js'
import {
  jsonFileSchemas,
  type JsonFileContent,
  type JsonFileKind,
} from '../native-workers/contract/window/messages.js'

/** The program's JSON files are small; a larger one is something else. */
const maximumBytes = 16 * 1024 * 1024

const schemas: { readonly [Kind in JsonFileKind]: z.ZodType<JsonFileContent<Kind>> } = jsonFileSchemas

/** Reads and validates one of the program's small JSON files. Throws `UserError` for what is wrong with it. */
export async function readJsonFile<Kind extends JsonFileKind>(
  kind: Kind,
  path: string,
): Promise<JsonFileContent<Kind>> {
  const name = basename(path)
  const parsed = schemas[kind].safeParse(parse(name, await read(name, path)))
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const field = issue?.path.join('.') ?? ''
  throw new UserError(
    'values-invalid',
    `"${name}" is no valid ${kind} file: ${field}: ${issue?.message ?? ''}`,
  )
}

async function read(name: string, path: string): Promise<string> {
  const size = await stat(path).then(
    (found) => found.size,
    () => null,
  )
  if (size === null) throw new UserError('file-not-found', `"${name}" does not exist.`)
  if (size > maximumBytes) throw new UserError('format-unknown', `"${name}" is too large for a JSON file.`)
  try {
    return await readFile(path, 'utf8')
  } catch {
    throw new UserError('file-unreadable', `"${name}" can't be read.`)
  }
}

function parse(name: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new UserError('format-unknown', `"${name}" does not hold JSON.`)
  }
}
