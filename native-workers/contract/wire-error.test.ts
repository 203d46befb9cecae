import { describe, expect, it } from 'vitest'
import { UserError } from './errors.js'
import { fromWireError, toWireError } from './wire-error.js'

describe('errors on the wire', () => {
  it('keep code, sentence and hint of what a person can mend', () => {
    const error = new UserError('file-truncated', 'The file ends early.', 'Copy it again.')
    expect(fromWireError(toWireError(error))).toEqual(error)
    expect(fromWireError(toWireError(error))).toBeInstanceOf(UserError)
  })

  it.each([[new TypeError('x is undefined')], ['a thrown string']])(
    'mark a defect as internal: %s',
    (thrown) => {
      const wire = toWireError(thrown)
      expect(wire.code).toBe('internal')
      expect(Object.keys(wire)).toEqual(['code', 'message', 'hint'])
      expect(fromWireError(wire)).not.toBeInstanceOf(UserError)
      // A second wire adds nothing.
      expect(toWireError(fromWireError(wire))).toEqual(wire)
    },
  )
})
