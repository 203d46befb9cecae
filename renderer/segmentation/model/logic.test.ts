import { describe, expect, it } from 'vitest'
import { applyDelta } from './delta.js'
import { combineLabels, type LogicOperation } from './logic.js'

const map = Uint8Array.from([0, 1, 1, 2, 0, 1])
const others = Uint8Array.from([7, 7, 0, 7, 8, 7])

function combined(operation: LogicOperation, onlyOver: number | null = null): number[] {
  const result = map.slice()
  applyDelta(result, combineLabels(map, 1, others, 7, operation, onlyOver))
  return [...result]
}

describe('a label and one of another map', () => {
  it('are united, over other labels or over empty voxels alone', () => {
    expect(combined('union')).toEqual([1, 1, 1, 1, 0, 1])
    expect(combined('union', 0)).toEqual([1, 1, 1, 2, 0, 1])
  })

  it('leave what both have, or what the first has alone', () => {
    expect(combined('intersection')).toEqual([0, 1, 0, 2, 0, 1])
    expect(combined('subtraction')).toEqual([0, 0, 1, 2, 0, 0])
  })
})
