import { z } from 'zod'
import { UserError } from '../../contract/errors.js'
import { vector3Schema } from '../../contract/matrix.js'
import { lpsFrom, named, type NamedPosition, type ReadPositions } from './named-positions.js'

const controlPointSchema = z.object({
  label: z.string().default(''),
  position: vector3Schema.nullish(),
  positionStatus: z.string().default('defined'),
})

const markupsSchema = z.object({
  markups: z
    .array(
      z.object({
        type: z.string().default('Fiducial'),
        coordinateSystem: z.string().default(''),
        coordinateUnits: z.union([z.string(), z.array(z.string())]).default('mm'),
        controlPoints: z.array(controlPointSchema).default([]),
      }),
    )
    .min(1),
})

/**
 * The points of 3D Slicer's `.mrk.json`, of all its lists. Errors: `format-unknown`, `geometry-missing`,
 * `format-unsupported`, `input-invalid`.
 */
export function parseMarkups(document: unknown, file: string): ReadPositions {
  const parsed = markupsSchema.safeParse(document)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw new UserError(
      'format-unknown',
      `"${file}" holds no markups of 3D Slicer: ${issue.path.join('.')}: ${issue.message}`,
    )
  }
  const notes: string[] = []
  const points = parsed.data.markups.flatMap(({ coordinateSystem, coordinateUnits, controlPoints }) => {
    const toLps = lpsFrom(coordinateSystem, file)
    if ([coordinateUnits].flat().some((unit) => unit !== 'mm')) {
      throw new UserError(
        'format-unsupported',
        `"${file}" gives its points in ${[coordinateUnits].flat().join(', ')}; millimetres are read.`,
      )
    }
    return controlPoints.flatMap(({ label, position, positionStatus }): NamedPosition[] => {
      if (positionStatus === 'defined' && position !== null && position !== undefined)
        return [{ name: label, position: toLps(position) }]
      notes.push(`Point "${label}" has no position in the file and was left out.`)
      return []
    })
  })
  return { points: named(points, file), notes }
}

/** `.mrk.json` as 3D Slicer 5 reads it, in LPS. */
export function markupsText(points: readonly NamedPosition[]): string {
  const document = {
    '@schema':
      'https://raw.githubusercontent.com/slicer/slicer/master/Modules/Loadable/Markups/Resources/Schema/markups-schema-v1.0.3.json#',
    markups: [
      {
        type: 'Fiducial',
        coordinateSystem: 'LPS',
        coordinateUnits: 'mm',
        controlPoints: points.map(({ name, position }, index) => ({
          id: String(index + 1),
          label: name,
          position,
          orientation: [1, 0, 0, 0, 1, 0, 0, 0, 1],
          selected: true,
          locked: false,
          visibility: true,
          positionStatus: 'defined',
        })),
      },
    ],
  }
  return `${JSON.stringify(document, null, 2)}\n`
}
