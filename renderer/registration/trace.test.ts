import { describe, expect, it } from 'vitest'
import { emptyTrace, extendTrace } from './trace.js'

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
