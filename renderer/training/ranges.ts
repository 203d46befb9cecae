import type { PoseRange, TrainingDetector } from '../../native-workers/contract/training/configuration.js'
import type { RegistrationPreset } from '../steps/shared/anatomy-presets.js'
import { text } from '../text/en.js'

export const rangeNames = ['r1Deg', 'r2Deg', 'r3Deg', 'txMm', 'tyMm', 'tzMm'] as const
export type RangeName = (typeof rangeNames)[number]

type Side = TrainingDetector['orientation']

/** Share of the source-detector distance at which a patient usually lies. */
const usualDepthShare = 0.75
/** Nearer the source, or nearer the detector, no patient fits. */
const depthShares = [0.35, 0.95] as const

/** DiffDRR's depth is positive in front of an AP source and negative behind it, in PA. */
function signedDepth([near, far]: readonly [number, number], orientation: Side): [number, number] {
  return orientation === 'PA' ? [-far, -near] : [near, far]
}

/** The ranges that a part of the body is usually searched in, as a training's: r1 turns, r2 tilts, r3 rolls. */
export function rangesOfPreset(
  preset: RegistrationPreset,
  { sddMm, orientation }: Pick<TrainingDetector, 'sddMm' | 'orientation'>,
): PoseRange {
  const within = (value: number): number => Math.round(Math.min(180, value))
  const both = (value: number): [number, number] => [-value, value]
  const middle = usualDepthShare * sddMm
  const near = Math.max(depthShares[0] * sddMm, middle - preset.rangeDepthMm)
  const far = Math.min(depthShares[1] * sddMm, middle + preset.rangeDepthMm)
  return {
    r1Deg: both(within(preset.rangeTurnDeg)),
    r2Deg: both(within(preset.rangeTiltDeg)),
    r3Deg: both(within(preset.rangeRollDeg)),
    txMm: both(preset.rangeInPlaneMm),
    tyMm: signedDepth([Math.round(near), Math.round(far)], orientation),
    tzMm: both(preset.rangeInPlaneMm),
  }
}

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
