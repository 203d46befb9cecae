import { type EvaluationFigureData } from './figure-data.js'

export interface DifferenceScale {
  /** Grey levels at the bright end. */
  readonly greatest: number
  /** Whether some pixels differ by more than that. */
  readonly isExceeded: boolean
}

/** Share of the compared pixels that the scale covers: a few burnt-in letters must not darken everything else. */
const coveredShare = 0.999

/** One scale for the absolute differences of all DRRs, in whole grey levels. */
export function differenceScale({
  xray,
  valid,
  drrs,
}: Pick<EvaluationFigureData, 'xray' | 'valid'> & {
  readonly drrs: readonly { readonly levels: Uint8Array }[]
}): DifferenceScale {
  const counts = new Float64Array(256)
  for (const { levels } of drrs) {
    for (let n = 0; n < levels.length; n++) if (valid[n] === 1) counts[Math.abs(xray[n] - levels[n])]++
  }
  const total = counts.reduce((sum, count) => sum + count, 0)
  let greatest = 0
  for (let covered = counts[0]; greatest < 255 && covered < coveredShare * total; greatest++) {
    covered += counts[greatest + 1]
  }
  return {
    greatest: Math.max(1, greatest),
    isExceeded: counts.some((count, level) => level > greatest && count > 0),
  }
}
