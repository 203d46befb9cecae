import { type TrajectoryPoint } from '../contract/files/registration-result.js'

const poseColumns = [0, 1, 2].flatMap((row) => [0, 1, 2, 3].map((column) => `worldFromVolume${row}${column}`))

/**
 * The trajectory as comma-separated text with a header: one line per render, the pose as the upper three rows of
 * `worldFromVolume`, row by row, LPS mm.
 */
export function trajectoryCsv(trajectory: readonly TrajectoryPoint[]): string {
  const header = ['stage', 'render', 'seconds', 'loss', 'accepted', ...poseColumns]
  const rows = trajectory.map(({ stage, render, seconds, loss, accepted, worldFromVolume }) => [
    quoted(stage),
    render,
    seconds,
    loss,
    accepted,
    ...worldFromVolume.slice(0, 3).flat(),
  ])
  return [header, ...rows].map((row) => `${row.join(',')}\r\n`).join('')
}

/** RFC 4180 quoting. */
function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
