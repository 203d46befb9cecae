import { describe, expect, it } from 'vitest'
import { smallStep } from '../../training/testing/small-training.js'
import { trainingNote } from './training-notes.js'

describe('trainingNote', () => {
  it('tells of validations and checkpoints, not of steps', () => {
    const errors = { medianMtreMm: 12.34, percentile90MtreMm: 40 }
    expect(trainingNote({ kind: 'validation', iteration: 8, count: 4, elapsedMs: 1, ...errors })).toBe(
      'iteration 8: mTRE 12.3 mm median, 40.0 mm at 90 %',
    )
    expect(trainingNote({ kind: 'checkpoint', iteration: 8, path: 'out/0001.json', isBest: true })).toBe(
      'iteration 8: out/0001.json (best so far)',
    )
    expect(trainingNote(smallStep(1))).toBeNull()
  })
})
