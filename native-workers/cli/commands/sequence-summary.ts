import { type RegisterSequenceOutput } from '../../contract/operations/register-sequence.js'
import { textTable } from '../terminal/text-table.js'

const header = ['frame', 'verdict', 'error mm', 'x mm', 'y mm', 'z mm', 'turn deg', 'gmNCC', 'seconds', '']

/** One line per frame: place of the isocentre in the first camera's axes and the turn since the first frame. */
export function sequenceSummary({ sequence, keptFrames, files }: RegisterSequenceOutput): string {
  const rows = sequence.frames.map((frame) => [
    frame.frame,
    frame.verdict.level,
    frame.expectedErrorMm?.toFixed(2) ?? '',
    ...frame.positionMm.map((value) => value.toFixed(2)),
    Math.hypot(...frame.rotationDeg).toFixed(2),
    frame.similarities.map((value) => value.toFixed(3)).join(' '),
    frame.seconds.toFixed(1),
    keptFrames.includes(frame.frame) ? 'kept' : '',
  ])
  return `${textTable(header, rows)}written to: ${files.join(', ')}\n`
}
