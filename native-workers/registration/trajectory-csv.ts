import { type TrajectoryPoint } from '../contract/files/registration-result.js'
import { csvTable } from '../imaging/text/csv-table.js'

const poseColumns = [0, 1, 2].flatMap((row) => [0, 1, 2, 3].map((column) => `worldFromVolume${row}${column}`))

/**
 * The trajectory as comma-separated text with a header: one line per render, the pose as the upper three rows of
 * `worldFromVolume`, row by row, LPS mm.
 */
export function trajectoryCsv(trajectory: readonly TrajectoryPoint[]): string {
  const header = ['stage', 'render', 'seconds', 'loss', 'accepted', ...poseColumns]
  const rows = trajectory.map(({ stage, render, seconds, loss, accepted, worldFromVolume }) => [
    stage,
    render,
    seconds,
    loss,
    accepted,
    ...worldFromVolume.slice(0, 3).flat(),
  ])
  return csvTable(header, rows)
}
