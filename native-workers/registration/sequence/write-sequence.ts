import { join } from 'node:path'
import { type SequenceResult } from '../../contract/files/sequence-result.js'
import { writeFileAtomic } from '../../imaging/atomic-write.js'
import { csvTable } from '../../imaging/text/csv-table.js'
import { sequenceTrajectoryCsv } from '../trajectory-csv.js'
import { type RegisteredFrame } from './registered-frame.js'

/** Writes the tables of a sequence, `sequence.json` last. Errors: `output-unwritable`. */
export async function writeSequence(
  folder: string,
  sequence: SequenceResult,
  frames: readonly RegisteredFrame[],
): Promise<string[]> {
  const trajectories = frames.map(({ frame, result }) => ({ frame, trajectory: result.trajectory }))
  const contents: readonly (readonly [string, string])[] = [
    ['sequence.csv', sequenceCsv(sequence)],
    ['trajectory.csv', sequenceTrajectoryCsv(trajectories)],
    ['sequence.json', `${JSON.stringify(sequence, null, 2)}\n`],
  ]
  for (const [name, content] of contents) await writeFileAtomic(join(folder, name), content)
  return contents.map(([name]) => join(folder, name))
}

/** One line per frame: place of the isocentre and turn since the first frame, in the first camera's axes. */
export function sequenceCsv({ xrays, frames }: SequenceResult): string {
  const header = [
    ...[
      'frame',
      'verdict',
      'expectedErrorMm',
      'xMm',
      'yMm',
      'zMm',
      'rotationXDeg',
      'rotationYDeg',
      'rotationZDeg',
    ],
    ...xrays.map((_, index) => `gmNCC${index + 1}`),
    ...['seconds', 'folder'],
  ]
  const rows = frames.map((frame) => [
    frame.frame,
    frame.verdict.level,
    frame.expectedErrorMm ?? '',
    ...frame.positionMm,
    ...frame.rotationDeg,
    ...frame.similarities,
    frame.seconds,
    frame.folder,
  ])
  return csvTable(header, rows)
}
