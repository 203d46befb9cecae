import { describe, expect, it } from 'vitest'
import { UserError } from '../../contract/errors.js'
import { recordingTerminal } from './recording-terminal.js'
import { reportError } from './report-error.js'

describe('reportError', () => {
  it('prints a sentence and a hint and nothing else', () => {
    const { terminal, errText, outText } = recordingTerminal()
    const error = new UserError('geometry-missing', 'The X-ray has no pixel spacing.', 'Add --pixel-spacing.')
    expect(reportError(error, terminal, { json: false })).toBe(8)
    expect(errText()).toBe('error: The X-ray has no pixel spacing.\nhint: Add --pixel-spacing.\n')
    expect(outText()).toBe('')
  })

  it('leaves out an empty hint', () => {
    const { terminal, errText } = recordingTerminal()
    reportError(new UserError('cancelled', 'Cancelled.'), terminal, { json: false })
    expect(errText()).toBe('error: Cancelled.\n')
  })

  it('names the option that mends an error, unless the hint does', () => {
    const { terminal, errText } = recordingTerminal()
    const gap = (hint: string) => new UserError('geometry-unconfirmed', 'A slice is missing.', hint)
    reportError(gap('Accept the geometry.'), terminal, { json: false })
    reportError(gap('Use --series.'), terminal, { json: false })
    expect(errText().match(/^hint: .*$/gm)).toEqual([
      'hint: Accept the geometry. (--accept-geometry)',
      'hint: Use --series.',
    ])
  })

  it('adds one JSON document for machines', () => {
    const { terminal, outText } = recordingTerminal()
    reportError(new UserError('cancelled', 'Cancelled.'), terminal, { json: true })
    expect(JSON.parse(outText())).toEqual({
      error: { code: 'cancelled', message: 'Cancelled.', hint: '', exitCode: 130 },
    })
  })

  it('shows the stack of a defect and exits with 1', () => {
    const { terminal, errText } = recordingTerminal()
    expect(reportError(new TypeError('x is undefined'), terminal, { json: false })).toBe(1)
    expect(errText()).toMatch(/^internal error: TypeError: x is undefined\n +at /)
  })
})
