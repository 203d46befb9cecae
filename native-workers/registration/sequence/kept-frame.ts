import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { UserError } from '../../contract/errors.js'
import { type InputRecord } from '../../contract/files/input-record.js'
import { registrationSchema, type RegistrationResult } from '../../contract/files/registration-result.js'
import { type RegisterInput } from '../../contract/operations/register.js'

/**
 * What an earlier run left of a frame, if it was asked for the same on the same files; null where there is nothing,
 * or where `force` lets it be replaced. Errors: `output-exists` for another registration.
 */
export async function keptFrame(
  folder: string,
  input: RegisterInput,
  records: readonly InputRecord[],
  force: boolean,
): Promise<RegistrationResult | null> {
  const text = await readFile(join(folder, 'result.json'), 'utf8').catch(() => null)
  if (text === null) return null
  const result = parsed(text)
  if (result !== null && isOf(result, input, records)) return result
  if (force) return null
  throw new UserError(
    'output-exists',
    `"${basename(folder)}" already holds a registration that was made with other settings or on other files.`,
    'Choose another folder, or have it replaced.',
  )
}

function parsed(text: string): RegistrationResult | null {
  try {
    return registrationSchema.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}

function isOf(result: RegistrationResult, input: RegisterInput, records: readonly InputRecord[]): boolean {
  const contents = (inputs: readonly InputRecord[]) =>
    inputs.map(({ role, sha256 }) => `${role} ${sha256}`).sort()
  // As the result holds them: JSON knows no undefined.
  const settings: unknown = JSON.parse(JSON.stringify(input))
  const start = (inputs: readonly InputRecord[]) => inputs.filter(({ role }) => role !== 'warp')
  return (
    isDeepStrictEqual(result.settings, settings) &&
    isDeepStrictEqual(contents(start(result.inputs)), contents(start(records)))
  )
}
