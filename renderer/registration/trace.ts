import type { SavedRegistrationResult } from '../../native-workers/contract/files/registration-result.js'

/** Similarity per render of a running registration; `stages` marks where each stage began. */
export interface SimilarityTrace {
  readonly renders: readonly number[]
  readonly similarities: readonly number[]
  readonly stages: readonly { readonly name: string; readonly render: number }[]
}

export const emptyTrace: SimilarityTrace = { renders: [], similarities: [], stages: [] }

export interface TracePoint {
  readonly stage: string
  readonly renders: number
  readonly similarity: number
}

/** The trace with more points; points must come in the order of their renders, others are left out. */
export function extendTrace(trace: SimilarityTrace, points: readonly TracePoint[]): SimilarityTrace {
  const renders = [...trace.renders]
  const similarities = [...trace.similarities]
  const stages = [...trace.stages]
  for (const point of points) {
    if (point.renders <= (renders.at(-1) ?? -1)) continue
    renders.push(point.renders)
    similarities.push(point.similarity)
    if (point.stage !== stages.at(-1)?.name) stages.push({ name: point.stage, render: point.renders })
  }
  return { renders, similarities, stages }
}

/** The trace of a registration that was made earlier, as it was drawn while it ran. */
export function traceOfResult({ trajectory }: SavedRegistrationResult): SimilarityTrace {
  const accepted = trajectory.filter((point) => point.accepted)
  return extendTrace(
    emptyTrace,
    accepted.map(({ stage, render, loss }) => ({ stage, renders: render, similarity: 1 - loss })),
  )
}

/**
 * The trace as columns of a plot, renders and similarities. Stages compare images of different sizes, so their
 * similarities don't continue one another: a null between them breaks the line.
 */
export function traceColumns({
  renders,
  similarities,
  stages,
}: SimilarityTrace): [number[], (number | null)[]] {
  const starts = new Set(stages.slice(1).map(({ render }) => render))
  const rows = renders.flatMap((render, index): [number, number | null][] => {
    const point: [number, number | null] = [render, similarities[index] ?? null]
    return starts.has(render) ? [[render - 0.5, null], point] : [point]
  })
  return [rows.map(([render]) => render), rows.map(([, similarity]) => similarity)]
}
