import { describe, expect, it } from 'vitest'
import { type Progress } from '../../contract/progress.js'
import { progressDisplay, progressText } from './progress-display.js'
import { recordingTerminal } from './recording-terminal.js'

const progress = (change: Partial<Progress>): Progress => ({
  phase: 'search',
  fraction: 0.25,
  message: '',
  elapsedMs: 1000,
  remainingMs: 3000,
  ...change,
})

describe('progressText', () => {
  it('states elapsed and remaining time', () => {
    expect(progressText(progress({ message: 'view 3 of 9' }))).toBe(
      'search 25 %  view 3 of 9  (1.0 s, about 3.0 s left)',
    )
  })

  it('leaves out what is unknown', () => {
    expect(progressText(progress({ fraction: null, remainingMs: null, elapsedMs: 65_000 }))).toBe(
      'search  (1 min 05 s)',
    )
  })
})

describe('progressDisplay', () => {
  it('rewrites one line on a screen and never fills its width', () => {
    const { terminal, errText, outText } = recordingTerminal({ interactive: true, columns: 20 })
    const display = progressDisplay(terminal)
    display.show(progress({ message: 'a message that is longer than the screen' }))
    display.clear()
    display.clear()
    const [, shown, cleared, ...rest] = errText().split('\r\u001b[2K')
    expect(shown).toHaveLength(19)
    expect(cleared).toBe('')
    expect(rest).toEqual([])
    expect(outText()).toBe('')
  })

  it('writes plain lines to a log, at a change of phase and after five seconds', () => {
    const { terminal, errText } = recordingTerminal()
    const display = progressDisplay(terminal)
    display.show(progress({ elapsedMs: 0 }))
    display.show(progress({ elapsedMs: 4999 }))
    display.show(progress({ elapsedMs: 5000 }))
    display.show(progress({ elapsedMs: 5001, phase: 'refine' }))
    display.clear()
    expect(errText().match(/^\w+/gm)).toEqual(['search', 'search', 'refine'])
    expect(errText()).not.toContain('\u001b')
  })
})
