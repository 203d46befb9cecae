import type {
  StepMeasurement,
  TrainingMeasurement,
  ValidationMeasurement,
} from '../../native-workers/contract/training/measurement.js'

/** Means over one or several successive steps; what had no number in any of them is absent. */
export interface TracePoint {
  /** Of the last of them. */
  readonly iteration: number
  readonly steps: number
  /** By series: `loss`, `learningRate`, `kept` (share of the batch) and the parts of the loss. */
  readonly sums: Readonly<Record<string, number>>
  readonly counts: Readonly<Record<string, number>>
}

/** A training's course, thinned: however long it runs, the number of points stays below a limit. */
export interface TrainingTrace {
  /** Steps that the next points stand for. */
  readonly stride: number
  readonly points: readonly TracePoint[]
  readonly validations: readonly ValidationMeasurement[]
  readonly latest: StepMeasurement | null
  /** Whether one of its checkpoints was found to be the best so far. */
  readonly hasBest: boolean
}

export const emptyTrace: TrainingTrace = {
  stride: 1,
  points: [],
  validations: [],
  latest: null,
  hasBest: false,
}

/** More points than a wide screen has columns for them would only cost time. */
export const pointLimit = 1000

/**
 * The trace with more measurements. One that goes back, as a training does that goes on from an earlier checkpoint,
 * takes the place of what was measured after it.
 */
export function extendTrace(trace: TrainingTrace, more: readonly TrainingMeasurement[]): TrainingTrace {
  let { stride, latest, hasBest } = trace
  let points = [...trace.points]
  let validations = [...trace.validations]
  for (const measurement of more) {
    const { iteration } = measurement
    if (measurement.kind === 'checkpoint') {
      hasBest ||= measurement.isBest
    } else if (measurement.kind === 'validation') {
      validations = [...validations.filter((known) => known.iteration < iteration), measurement]
      if (validations.length > pointLimit) validations = everyOther(validations)
    } else {
      if (latest !== null && iteration <= latest.iteration) {
        points = points.filter((point) => point.iteration < iteration)
        validations = validations.filter((known) => known.iteration < iteration)
      }
      latest = measurement
      const open = points.at(-1)
      const point = pointOf(measurement)
      if (open !== undefined && open.steps < stride) points[points.length - 1] = merged(open, point)
      else points.push(point)
      if (points.length > pointLimit) {
        points = inPairs(points)
        stride *= 2
      }
    }
  }
  return { stride, points, validations, latest, hasBest }
}

/** Every second one, up to the last. */
const everyOther = <Item>(items: readonly Item[]): Item[] =>
  items.filter((_, index) => (items.length - 1 - index) % 2 === 0)

function inPairs(points: readonly TracePoint[]): TracePoint[] {
  return points.flatMap((point, index) => {
    if (index % 2 === 1) return []
    const next = points[index + 1]
    return [next === undefined ? point : merged(point, next)]
  })
}

function merged(first: TracePoint, second: TracePoint): TracePoint {
  const added = (a: TracePoint['sums'], b: TracePoint['sums']): Record<string, number> => {
    const sums = { ...a }
    for (const [name, value] of Object.entries(b)) sums[name] = (sums[name] ?? 0) + value
    return sums
  }
  return {
    iteration: second.iteration,
    steps: first.steps + second.steps,
    sums: added(first.sums, second.sums),
    counts: added(first.counts, second.counts),
  }
}

function pointOf(step: StepMeasurement): TracePoint {
  const { iteration, loss, parts, learningRate, kept, batchSize } = step
  const numbers = { ...parts, loss, learningRate, kept: kept / batchSize }
  const known = Object.entries(numbers).filter(
    (entry): entry is [string, number] => entry[1] !== null && Number.isFinite(entry[1]),
  )
  return {
    iteration,
    steps: 1,
    sums: Object.fromEntries(known),
    counts: Object.fromEntries(known.map(([name]) => [name, 1])),
  }
}

/** The series of the trace that are parts of the loss, in the order in which they came. */
export function partNames({ points }: TrainingTrace): readonly string[] {
  const names = new Set(points.flatMap(({ sums }) => Object.keys(sums)))
  for (const own of ['loss', 'learningRate', 'kept']) names.delete(own)
  return [...names]
}

/** Columns of a plot: iterations, then each series; null where it has no number. */
export function traceColumns(
  { points }: TrainingTrace,
  series: readonly string[],
): [number[], ...(number | null)[][]] {
  const column = (name: string): (number | null)[] =>
    points.map(({ sums, counts }) => {
      const [sum, count] = [sums[name], counts[name]]
      return sum === undefined || count === undefined ? null : sum / count
    })
  return [points.map(({ iteration }) => iteration), ...series.map(column)]
}

/** Columns of a plot: iterations, median and 90th percentile of the mTRE. */
export function validationColumns({ validations }: TrainingTrace): [number[], number[], number[]] {
  return [
    validations.map(({ iteration }) => iteration),
    validations.map(({ medianMtreMm }) => medianMtreMm),
    validations.map(({ percentile90MtreMm }) => percentile90MtreMm),
  ]
}
