import { describe, expect, it } from 'vitest'
import { emptyTrace, extendTrace, traceColumns } from './trace.js'

describe('extendTrace', () => {
  it('marks where each stage begins', () => {
    const trace = extendTrace(emptyTrace, [
      { stage: 'search', renders: 1, similarity: 0.2 },
      { stage: 'search', renders: 2, similarity: 0.3 },
      { stage: '128', renders: 3, similarity: 0.8 },
    ])
    expect(trace.renders).toEqual([1, 2, 3])
    expect(trace.stages).toEqual([
      { name: 'search', render: 1 },
      { name: '128', render: 3 },
    ])
  })

  it('leaves out points that do not advance, so that the curve stays a function', () => {
    const first = extendTrace(emptyTrace, [{ stage: 'a', renders: 5, similarity: 0.5 }])
    const second = extendTrace(first, [{ stage: 'a', renders: 5, similarity: 0.9 }])
    expect(second.similarities).toEqual([0.5])
  })
})

describe('traceColumns', () => {
  it('breaks the line where a stage begins', () => {
    const trace = extendTrace(emptyTrace, [
      { stage: '64', renders: 1, similarity: 0.7 },
      { stage: '64', renders: 3, similarity: 0.8 },
      { stage: '128', renders: 4, similarity: 0.6 },
    ])
    expect(traceColumns(trace)).toEqual([
      [1, 3, 3.5, 4],
      [0.7, 0.8, null, 0.6],
    ])
  })
})
