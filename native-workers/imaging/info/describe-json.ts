import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { UserError } from '../../contract/errors.js'
import { imagePointsSchema, pointsSchema } from '../../contract/files/points.js'
import { poseSchema } from '../../contract/files/pose.js'
import { registrationResultSchema } from '../../contract/files/registration-result.js'
import { type Matrix4 } from '../../contract/matrix.js'
import { type InfoOutput } from '../../contract/operations/volume.js'
import { describeCamera } from './describe-camera.js'
import { decimal, factList } from './facts.js'

const rows = (matrix: Matrix4): string =>
  matrix
    .slice(0, 3)
    .map((row) => `[${row.map((value) => decimal(value, 5)).join(', ')}]`)
    .join(' ')

async function readJson(path: string): Promise<unknown> {
  const text = await readFile(path, 'utf8')
  try {
    return JSON.parse(text)
  } catch {
    throw new UserError(
      'file-unreadable',
      `"${basename(path)}" is not valid JSON.`,
      'The file may be incomplete; write it again.',
    )
  }
}

function schemaName(value: unknown): string | undefined {
  return typeof value === 'object' && value !== null && 'schema' in value && typeof value.schema === 'string'
    ? value.schema
    : undefined
}

function other(name: string, schema: string | undefined): InfoOutput {
  return {
    kind: 'other',
    title: `${name}: JSON`,
    facts: factList([['schema', schema ?? 'none']]),
    issues: [
      {
        code: 'note',
        severity: 'note',
        message: 'This is none of the JSON files that are known here, or it is not complete.',
      },
    ],
  }
}

/** A camera, pose, points or result file by its schema. Errors: `file-unreadable`, those of `readCameraFile`. */
export async function describeJson(path: string): Promise<InfoOutput> {
  const name = basename(path)
  const value = await readJson(path)
  const schema = schemaName(value)
  if (schema === 'isocenter/camera@1') return describeCamera(path, 'camera')
  const pose = poseSchema.safeParse(value)
  if (pose.success) {
    return {
      kind: 'pose',
      title: `${name}: pose`,
      facts: factList([['world from volume', rows(pose.data.worldFromVolume)]]),
      issues: [],
    }
  }
  const points = pointsSchema.safeParse(value)
  const imagePoints = imagePointsSchema.safeParse(value)
  if (points.success || imagePoints.success) {
    const names = (points.data ?? imagePoints.data)?.points.map((entry) => entry.name) ?? []
    return {
      kind: 'points',
      title: `${name}: ${points.success ? 'points in a volume (LPS mm)' : 'points in an X-ray (pixels)'}`,
      facts: factList([
        ['count', String(names.length)],
        ['names', names.length === 0 ? undefined : names.join(', ')],
      ]),
      issues: [],
    }
  }
  const result = registrationResultSchema.safeParse(value)
  if (!result.success) return other(name, schema)
  const { final, verdict, views, created, renders } = result.data
  return {
    kind: 'result',
    title: `${name}: registration result`,
    facts: factList([
      ['created', created],
      ['verdict', `${verdict.level}${verdict.reasons.length === 0 ? '' : `: ${verdict.reasons.join(' ')}`}`],
      ['X-rays', views.map(({ xray }) => basename(xray)).join(', ')],
      ['renders', String(renders)],
      ['world from volume', rows(final.worldFromVolume)],
    ]),
    issues: [],
  }
}
