import { type z } from 'zod'
import { UserError } from '../../contract/errors.js'
import { cameraSchema, type Camera } from '../../contract/files/camera.js'
import { assertCamera } from '../assert-camera.js'

/**
 * A camera of camera@1 JSON. Throws `UserError`: `file-unreadable` for text that is not JSON, `format-unsupported`
 * for another schema, `geometry-invalid` naming the first entry that is missing or wrong.
 */
export function parseCameraJson(text: string, name: string): Camera {
  const value = parseJson(text, name)
  const schema = typeof value === 'object' && value !== null && 'schema' in value ? value.schema : undefined
  if (schema !== 'isocenter/camera@1') {
    throw new UserError(
      'format-unsupported',
      `"${name}" is not a camera: its schema is ${schema === undefined ? 'missing' : JSON.stringify(schema)}.`,
      'A camera file has "schema": "isocenter/camera@1".',
    )
  }
  const parsed = cameraSchema.safeParse(value)
  if (!parsed.success) {
    throw new UserError(
      'geometry-invalid',
      `The camera in "${name}" is not complete: ${firstIssue(parsed.error)}.`,
    )
  }
  assertCamera(parsed.data, `The camera in "${name}"`)
  return parsed.data
}

function parseJson(text: string, name: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new UserError(
      'file-unreadable',
      `"${name}" is not valid JSON.`,
      'The file may be truncated or of another kind.',
    )
  }
}

function firstIssue(error: z.ZodError): string {
  const { path, message } = error.issues[0]
  return `${path.length === 0 ? 'the file' : `"${path.join('.')}"`}: ${message.charAt(0).toLowerCase()}${message.slice(1)}`
}
