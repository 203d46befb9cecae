import { type MetricName } from '../../contract/operations/register.js'

/** xvr's pyramid where none is asked for. */
export const defaultScales: readonly number[] = [8]

/** One stage of xvr's schedule (spec §4.4). */
export interface AdamStage {
  readonly name: string
  readonly edgePixels: number
  readonly voxelsPerPixel: number
  readonly metric: MetricName
  readonly silhouetteMarginMm?: number
  /** Adam's first learning rates. */
  readonly rotationRateRad: number
  readonly translationRateMm: number
  readonly maxIterations: number
  readonly patience: number
  readonly maxReductions: number
}

const rates = { rotationRad: 1e-2, translationMm: 1 } as const
/** xvr counts the first iteration as a plateau and stops at the third. */
const maxReductions = 2

/** Every scale's stage; rates halve from stage to stage, as in xvr's newest version. */
export function adamSchedule(
  edgesPixels: readonly number[],
  metric: MetricName,
  silhouetteMarginMm: number | undefined,
): AdamStage[] {
  return edgesPixels.map((edgePixels, n) => ({
    name: `adam ${Math.round(edgePixels)}`,
    edgePixels,
    voxelsPerPixel: 1.25,
    metric,
    silhouetteMarginMm,
    rotationRateRad: rates.rotationRad / 2 ** n,
    translationRateMm: rates.translationMm / 2 ** n,
    maxIterations: 500,
    patience: 10,
    maxReductions,
  }))
}
