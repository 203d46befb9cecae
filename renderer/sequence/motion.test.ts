import { describe, expect, it } from 'vitest'
import type { SequenceFrame } from '../../native-workers/contract/files/sequence-result.js'
import type { Vector3 } from '../../native-workers/contract/matrix.js'
import { identity4 } from '../geometry/math.js'
import { motionColumns } from './motion.js'

const frame = (index: number, positionMm: Vector3, rotationDeg: Vector3): SequenceFrame => ({
  frame: index,
  folder: '',
  verdict: { level: 'good', reasons: [] },
  expectedErrorMm: null,
  similarities: [],
  worldFromVolume: identity4,
  positionMm,
  rotationDeg,
  seconds: 0,
})

describe('motionColumns', () => {
  it('counts frames from 1 and shifts from the frame that was registered first', () => {
    const backwards = [frame(3, [10, 20, 700], [0, 0, 0]), frame(1, [12, 20, 690], [1, 2, 3])]
    expect(motionColumns(backwards)).toEqual([
      [2, 4],
      [2, 0],
      [0, 0],
      [-10, 0],
      [1, 0],
      [2, 0],
      [3, 0],
    ])
    expect(motionColumns([])).toEqual([[], [], [], [], [], [], []])
  })
})
