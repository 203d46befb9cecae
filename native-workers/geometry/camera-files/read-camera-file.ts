import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { UserError } from '../../contract/errors.js'
import { type Camera } from '../../contract/files/camera.js'
import { isCalibrationText, parseCalibrationText } from './calibration-text.js'
import { parseCameraJson } from './camera-json.js'

/** Larger than any camera file; guards against reading a volume named by mistake. */
const maxBytes = 1 << 20

/**
 * The camera of a camera@1 JSON or a MayaCam 2 / XMALab calibration text, told apart by content. Throws `UserError`:
 * `file-not-found`, `file-unreadable`, and those of the two parsers.
 */
export async function readCameraFile(path: string): Promise<Camera> {
  const name = basename(path)
  const text = await readText(path, name)
  if (text.trim() === '') throw new UserError('file-unreadable', `"${name}" is empty.`)
  if (/^\s*[{[]/.test(text)) return parseCameraJson(text, name)
  if (isCalibrationText(text)) return parseCalibrationText(text, name)
  throw new UserError(
    'format-unknown',
    `"${name}" is no camera file that is known.`,
    'Cameras are read from camera@1 JSON and from MayaCam 2 / XMALab calibration text.',
  )
}

async function readText(path: string, name: string): Promise<string> {
  const bytes = await readFile(path).catch((error: unknown) => {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    throw code === 'ENOENT' || code === 'ENOTDIR'
      ? new UserError('file-not-found', `The camera file "${path}" does not exist.`)
      : new UserError('file-unreadable', `The camera file "${name}" can't be opened (${String(code)}).`)
  })
  if (bytes.length > maxBytes) {
    throw new UserError('format-unknown', `"${name}" is too large to be a camera file.`)
  }
  return bytes.toString('utf8').replace(/^\uFEFF/, '')
}
