import type { PoseRange, TrainingDetector } from '../../native-workers/contract/training/configuration.js'
import { text } from '../text/en.js'

export const rangeNames = ['r1Deg', 'r2Deg', 'r3Deg', 'txMm', 'tyMm', 'tzMm'] as const
export type RangeName = (typeof rangeNames)[number]

type Side = TrainingDetector['orientation']

/** The ranges for another nominal view: the same depths, on the other side of the patient for PA. */
export function withOrientation(range: PoseRange, from: Side, to: Side): PoseRange {
  if ((from === 'PA') === (to === 'PA')) return range
  const [low, high] = range.tyMm
  return { ...range, tyMm: [-high, -low] }
}

/** Why no training can have these ranges, in words; null where it can. */
export function rangeProblem(
  range: PoseRange,
  { sddMm, orientation }: Pick<TrainingDetector, 'sddMm' | 'orientation'>,
): string | null {
  const words = text.training
  for (const name of rangeNames) {
    if (range[name][0] > range[name][1]) return words.missing.range(words.range[name])
  }
  if (orientation === 'none') return null
  const depths = orientation === 'PA' ? range.tyMm.map((depth) => -depth) : range.tyMm
  if (depths.every((depth) => depth > 0 && depth < sddMm)) return null
  return orientation === 'PA' ? words.missing.behindPa : words.missing.behind
}
