import { mkdir, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { UserError } from '../../contract/errors.js'
import {
  savePointsReportSchema,
  type PointsContent,
  type SavePointsInput,
  type SavePointsOutput,
} from '../../contract/operations/points.js'
import { type Operation } from '../../contract/progress.js'
import { outputError } from '../atomic-write.js'
import { runRecorded } from '../provenance/run-recorded.js'
import { type NamedPosition } from './named-positions.js'
import { pointFormat } from './point-format.js'
import { fcsvText } from './slicer-fcsv.js'
import { markupsText } from './slicer-markups.js'

/**
 * Writes one half of point pairs in the format of its name; pixels go to 3D Slicer as it shows a picture, 1 mm each.
 * Errors: `input-invalid` (no points), `output-exists`, `output-unwritable`, `cancelled`.
 */
export const savePoints: Operation<SavePointsInput, SavePointsOutput> = async (input, { signal }) => {
  const { outputPath, content, force } = input
  const count = content.file.points.length
  if (count === 0) throw new UserError('input-invalid', 'There are no points to save.')
  await mkdir(dirname(outputPath), { recursive: true }).catch((error: unknown) => {
    throw outputError(error, dirname(outputPath))
  })
  const { isUpToDate } = await runRecorded(
    {
      operation: 'save-points',
      settings: { content },
      inputs: [],
      recordPath: `${outputPath}.provenance.json`,
      force,
    },
    savePointsReportSchema,
    async (stage) => {
      await writeFile(await stage(outputPath), pointsText(content, outputPath))
      return { count }
    },
    signal,
  )
  return { count, path: outputPath, isUpToDate }
}

function pointsText(content: PointsContent, outputPath: string): string {
  const format = pointFormat(outputPath)
  if (format === 'own') return `${JSON.stringify(content.file, null, 2)}\n`
  const positions = positionsOf(content)
  return format === 'fcsv' ? fcsvText(positions) : markupsText(positions)
}

function positionsOf(content: PointsContent): readonly NamedPosition[] {
  if (content.half === 'volume') return content.file.points
  return content.file.points.map(({ name, pixel: [u, v] }) => ({ name, position: [u, v, 0] }))
}
