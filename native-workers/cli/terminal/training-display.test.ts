import { describe, expect, it } from 'vitest'
import { smallStep } from '../../training/testing/small-training.js'
import { progressDisplay } from './progress-display.js'
import { recordingTerminal } from './recording-terminal.js'
import { trainingDisplay } from './training-display.js'

describe('trainingDisplay', () => {
  it('shows iteration, loss, mTRE and speed of a step, and keeps validations and checkpoints', () => {
    const { terminal, errText } = recordingTerminal()
    const show = trainingDisplay(progressDisplay(terminal), (text) => terminal.err(`${text}\n`))
    show(smallStep(8))
    show({
      kind: 'validation',
      iteration: 8,
      count: 4,
      medianMtreMm: 12.34,
      percentile90MtreMm: 40,
      elapsedMs: 1,
    })
    show({ kind: 'checkpoint', iteration: 8, path: 'out/0001.json', isBest: true })
    show({ ...smallStep(60), loss: null, kept: 3, skipped: 1, remainingMs: 4000 })
    expect(errText().split('\n')).toEqual([
      'training 8 %  iteration 8 of 100, loss 0.1250, 10 X-rays/s  (0.8 s)',
      'iteration 8: mTRE 12.3 mm median, 40.0 mm at 90 %',
      'iteration 8: out/0001.json (best so far)',
      'training 60 %  iteration 60 of 100, skipped, mTRE 12.3 mm, 10 X-rays/s, kept 3 of 4, 1 skipped  (6.0 s, about 4.0 s left)',
      '',
    ])
  })
})
