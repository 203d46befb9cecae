import { type TrajectoryPoint } from '../contract/files/registration-result.js'
import { type CsvCell, csvTable } from '../imaging/text/csv-table.js'

const poseColumns = [0, 1, 2].flatMap((row) => [0, 1, 2, 3].map((column) => `worldFromVolume${row}${column}`))

/**
 * The trajectory as comma-separated text with a header: one line per render, the pose as the upper three rows of
 * `worldFromVolume`, row by row, LPS mm.
 */
export function trajectoryCsv(trajectory: readonly TrajectoryPoint[]): string {
  return csvTable(trajectoryHeader, trajectory.map(trajectoryCells))
}

/** The trajectories of several frames in one table, with the frame's index in front. */
export function sequenceTrajectoryCsv(
  frames: readonly { readonly frame: number; readonly trajectory: readonly TrajectoryPoint[] }[],
): string {
  const rows = frames.flatMap(({ frame, trajectory }) =>
    trajectory.map((point) => [frame, ...trajectoryCells(point)]),
  )
  return csvTable(['frame', ...trajectoryHeader], rows)
}

const trajectoryHeader = ['stage', 'render', 'seconds', 'loss', 'accepted', ...poseColumns]

function trajectoryCells({
  stage,
  render,
  seconds,
  loss,
  accepted,
  worldFromVolume,
}: TrajectoryPoint): CsvCell[] {
  return [stage, render, seconds, loss, accepted, ...worldFromVolume.slice(0, 3).flat()]
}
