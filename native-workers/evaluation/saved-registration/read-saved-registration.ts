import { readFile, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { UserError } from '../../contract/errors.js'
import { type InputRecord } from '../../contract/files/input-record.js'
import {
  registrationResultSchema,
  type SavedRegistrationResult,
} from '../../contract/files/registration-result.js'
import { type RegisterInput, registerInputSchema } from '../../contract/operations/register.js'
import { inputError } from '../../imaging/input-file.js'
import { findInput } from './find-input.js'

/** A registration's result with the request that led to it, its paths naming the files as they lie now. */
export interface RegistrationRecord {
  readonly resultPath: string
  readonly folder: string
  readonly result: SavedRegistrationResult
  readonly input: RegisterInput
}

/**
 * Reads `result.json`, or the folder with it, and finds its inputs. Errors: `file-not-found`, `file-unreadable`,
 * `format-unknown` (no result), those of `findInput`.
 */
export async function readSavedRegistration(path: string, signal?: AbortSignal): Promise<RegistrationRecord> {
  const { resultPath, result } = await readResult(path)
  const folder = dirname(resultPath)
  const settings = registerInputSchema.safeParse(result.settings)
  if (!settings.success) throw notAResult(resultPath, 'its settings do not name what was registered')
  const input = await withFoundPaths(settings.data, result.inputs, folder, signal)
  return { resultPath, folder, result, input }
}

/**
 * `result.json`, or the one in a folder, without its inputs. Errors: `file-not-found`, `file-unreadable`,
 * `format-unknown`.
 */
export async function readResult(
  path: string,
): Promise<{ readonly resultPath: string; readonly result: SavedRegistrationResult }> {
  const resultPath = await resultFile(path)
  return { resultPath, result: parseResult(await readText(resultPath), resultPath) }
}

async function resultFile(path: string): Promise<string> {
  try {
    return (await stat(path)).isDirectory() ? join(path, 'result.json') : path
  } catch (error) {
    throw inputError(error, path)
  }
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    throw inputError(error, path)
  }
}

function notAResult(path: string, reason: string): UserError {
  return new UserError(
    'format-unknown',
    `"${path}" is not the result of a registration: ${reason}.`,
    'Name the result.json that "isocenter register" wrote, or its folder.',
  )
}

function parseResult(text: string, path: string): SavedRegistrationResult {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw notAResult(path, 'it is no JSON')
  }
  const parsed = registrationResultSchema.safeParse(value)
  if (parsed.success) return parsed.data
  throw notAResult(path, `"${parsed.error.issues[0].path.join('.')}" is missing or wrong`)
}

/** The request with every path replaced by where that file lies now; a calibration file is not read again. */
async function withFoundPaths(
  input: RegisterInput,
  records: readonly InputRecord[],
  folder: string,
  signal: AbortSignal | undefined,
): Promise<RegisterInput> {
  const find = (path: string, role: string) =>
    findInput(
      path,
      records.find((record) => record.role === role),
      folder,
      signal,
    )
  const views: RegisterInput['views'] = []
  for (const [index, view] of input.views.entries()) {
    const { path, maskPath } = view.xray
    const found = { ...view.xray, path: await find(path, `xray ${index + 1}`) }
    if (maskPath !== undefined) found.maskPath = await find(maskPath, `mask ${index + 1}`)
    const camera =
      view.camera.kind === 'file'
        ? { ...view.camera, path: await find(view.camera.path, `camera ${index + 1}`) }
        : view.camera
    views.push({ xray: found, camera })
  }
  const volume = { ...input.volume, path: await find(input.volume.path, 'volume') }
  const labels = input.labels && { ...input.labels, path: await find(input.labels.path, 'labels') }
  return { ...input, views, volume, labels }
}
