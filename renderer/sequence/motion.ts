import type { SequenceFrame } from '../../native-workers/contract/files/sequence-result.js'

/** What a motion curve draws: frames counted from 1, then shifts (mm) and turns (degrees) since the first frame. */
export type MotionColumns = [number[], ...number[][]]

/** The columns in the order of the frames' numbers; a plot's abscissa has to grow. */
export function motionColumns(frames: readonly SequenceFrame[]): MotionColumns {
  const [first] = frames
  const sorted = frames.toSorted((a, b) => a.frame - b.frame)
  const shift = (axis: 0 | 1 | 2): number[] =>
    sorted.map(({ positionMm }) => positionMm[axis] - (first?.positionMm[axis] ?? 0))
  const turn = (axis: 0 | 1 | 2): number[] => sorted.map(({ rotationDeg }) => rotationDeg[axis])
  return [
    sorted.map(({ frame }) => frame + 1),
    ...[shift(0), shift(1), shift(2)],
    ...[turn(0), turn(1), turn(2)],
  ]
}
