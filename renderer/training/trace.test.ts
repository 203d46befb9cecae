import { describe, expect, it } from 'vitest'
import type { StepMeasurement } from '../../native-workers/contract/training/measurement.js'
import { emptyTrace, extendTrace, partNames, pointLimit, traceColumns, validationColumns } from './trace.js'

const step = (iteration: number, loss: number | null): StepMeasurement => ({
  kind: 'step',
  iteration,
  totalIterations: 1_000_000,
  subject: 'ct',
  loss,
  parts: { mncc: loss, dgeo: 2 },
  learningRate: 1e-3,
  kept: 6,
  batchSize: 8,
  skipped: 0,
  samplesPerSecond: 10,
  elapsedMs: iteration,
  remainingMs: null,
})
const steps = (from: number, to: number): StepMeasurement[] =>
  Array.from({ length: to - from + 1 }, (_, index) => step(from + index, from + index))

describe('the trace of a training', () => {
  it('holds every step while they are few, with skipped ones as gaps', () => {
    const trace = extendTrace(emptyTrace, [step(1, 5), step(2, null), step(3, 4)])
    expect(traceColumns(trace, ['loss', 'kept', 'unknown'])).toEqual([
      [1, 2, 3],
      [5, null, 4],
      [0.75, 0.75, 0.75],
      [null, null, null],
    ])
    expect(partNames(trace)).toEqual(['mncc', 'dgeo'])
  })

  it('stays small over tens of thousands of steps, however they arrive, and keeps their mean', () => {
    let trace = emptyTrace
    for (let at = 1; at <= 60_000; at += 1000) trace = extendTrace(trace, steps(at, at + 999))
    expect(trace.points.length).toBeLessThanOrEqual(pointLimit)
    expect(trace.points.length).toBeGreaterThan(pointLimit / 2)
    expect(trace.points.reduce((sum, point) => sum + point.steps, 0)).toBe(60_000)
    const [iterations, losses] = traceColumns(trace, ['loss'])
    expect(iterations.at(-1)).toBe(60_000)
    // The loss of step n is n: means over n-s+1..n lie half a stride below n.
    expect(losses?.[10]).toBe((iterations[10] ?? 0) - (trace.stride - 1) / 2)
  })

  it('goes back with a training that goes on from an earlier checkpoint', () => {
    const validation = (iteration: number) =>
      ({
        kind: 'validation',
        iteration,
        count: 8,
        medianMtreMm: 10 + iteration,
        percentile90MtreMm: 40,
        elapsedMs: 1,
      }) as const
    const before = extendTrace(emptyTrace, [...steps(1, 10), validation(4), validation(8)])
    const after = extendTrace(before, [step(6, 60)])
    expect(traceColumns(after, ['loss'])).toEqual([
      [1, 2, 3, 4, 5, 6],
      [1, 2, 3, 4, 5, 60],
    ])
    expect(validationColumns(after)).toEqual([[4], [14], [40]])
  })

  it('knows whether there is a best checkpoint', () => {
    const saved = (isBest: boolean) =>
      ({ kind: 'checkpoint', iteration: 1, path: '/t/0001.json', isBest }) as const
    const trace = extendTrace(emptyTrace, [saved(false)])
    expect([trace.hasBest, extendTrace(trace, [saved(true), saved(false)]).hasBest]).toEqual([false, true])
  })
})
