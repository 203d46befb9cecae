import { type MetricName } from '../contract/operations/register.js'
import { bodySchedule, isolatedSchedule, type Stage } from './level-schedule.js'

/** Edges from which few renders suffice, as in the usual schedule's last stage. */
const finePixels = 200

/**
 * Levenberg-Marquardt stages at edges that were asked for instead of the usual ones. A body's first of several finds the
 * basin by global NCC, the others refine by the metric.
 */
export function scaledBodySchedule(edgesPixels: readonly number[], metric: MetricName): Stage[] {
  const [basin, refining, , finest] = bodySchedule(metric, 'fine')
  return edgesPixels.map((edgePixels, n) => {
    const usual = edgePixels >= finePixels ? finest : refining
    return resized(n === 0 && edgesPixels.length > 1 ? basin : usual, edgePixels)
  })
}

/** As `scaledBodySchedule`, for one bone among others. */
export function scaledIsolatedSchedule(
  edgesPixels: readonly number[],
  marginMm: number | undefined,
): Stage[] {
  const [basin, refining] = isolatedSchedule(marginMm)
  return edgesPixels.map((edgePixels, n) =>
    resized(n === 0 && edgesPixels.length > 1 ? basin : refining, edgePixels),
  )
}

const resized = (stage: Stage, edgePixels: number): Stage => ({
  ...stage,
  edgePixels,
  name: String(Math.round(edgePixels)),
})
