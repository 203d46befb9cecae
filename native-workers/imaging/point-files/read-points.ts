import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { type z } from 'zod'
import { UserError } from '../../contract/errors.js'
import {
  imagePointsSchema,
  pointsSchema,
  type ImagePointsFile,
  type PointsFile,
} from '../../contract/files/points.js'
import { inputError } from '../input-file.js'
import { named, type ReadPositions } from './named-positions.js'
import { pointFormat } from './point-format.js'
import { parseFcsv } from './slicer-fcsv.js'
import { parseMarkups } from './slicer-markups.js'

export interface ReadFile<File> {
  readonly file: File
  readonly notes: readonly string[]
}

/**
 * Points of a volume: `isocenter/points@1`, or 3D Slicer's `.fcsv` and `.mrk.json`, which state LPS or RAS. Errors:
 * `file-not-found`, `file-unreadable`, `format-unknown`, `format-unsupported`, `geometry-missing`, `input-invalid`.
 */
export async function readPointsFile(path: string): Promise<ReadFile<PointsFile>> {
  const slicer = await readSlicer(path)
  if (slicer === null) {
    const file = await readOwn(path, pointsSchema, 'points of a volume (isocenter/points@1)')
    named(file.points, basename(path))
    return { file, notes: [] }
  }
  return {
    file: { schema: 'isocenter/points@1', frame: 'LPS', points: [...slicer.points] },
    notes: slicer.notes,
  }
}

/**
 * Points of an X-ray. 3D Slicer shows a PNG, TIFF or JPEG with 1 mm per pixel and its first pixel at the origin, so
 * that a point's LPS x and y are its pixel; points off that plane are refused. Errors as {@link readPointsFile}.
 */
export async function readImagePointsFile(path: string): Promise<ReadFile<ImagePointsFile>> {
  const slicer = await readSlicer(path)
  if (slicer === null) {
    const file = await readOwn(path, imagePointsSchema, 'points of an X-ray (isocenter/image-points@1)')
    named(
      file.points.map(({ name }) => ({ name, position: [0, 0, 0] })),
      basename(path),
    )
    return { file, notes: [] }
  }
  const off = slicer.points.find(({ position }) => Math.abs(position[2]) > 0.5)
  if (off !== undefined) {
    throw new UserError(
      'input-invalid',
      `"${basename(path)}" holds points of a volume: "${off.name}" does not lie in a picture's plane.`,
      'Points of an X-ray are those that 3D Slicer places on a PNG, TIFF or JPEG.',
    )
  }
  return {
    file: {
      schema: 'isocenter/image-points@1',
      points: slicer.points.map(({ name, position: [x, y] }) => ({ name, pixel: [x, y] })),
    },
    notes: [
      ...slicer.notes,
      'The points are taken as pixels: 1 mm is one pixel, as 3D Slicer shows a picture.',
    ],
  }
}

async function readSlicer(path: string): Promise<ReadPositions | null> {
  const format = pointFormat(path)
  if (format === 'own') return null
  const text = await textOf(path)
  return format === 'fcsv'
    ? parseFcsv(text, basename(path))
    : parseMarkups(jsonOf(text, path), basename(path))
}

async function readOwn<Schema extends z.ZodType>(
  path: string,
  schema: Schema,
  what: string,
): Promise<z.infer<Schema>> {
  const parsed = schema.safeParse(jsonOf(await textOf(path), path))
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new UserError(
    'format-unknown',
    `"${basename(path)}" does not hold ${what}: ${issue.path.join('.')}: ${issue.message}`,
    'Points of the CT and points of an X-ray are files of two kinds.',
  )
}

async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    throw inputError(error, path)
  }
}

function jsonOf(text: string, path: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new UserError('file-unreadable', `"${basename(path)}" does not hold valid JSON.`)
  }
}
