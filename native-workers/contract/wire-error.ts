import { z } from 'zod'
import { UserError, userErrorCodes } from './errors.js'

/**
 * An error as it crosses a process boundary. `internal` marks a defect of the program: its stack trace is in
 * the log, never on the wire.
 */
export const wireErrorSchema = z.object({
  code: z.enum([...userErrorCodes, 'internal']),
  message: z.string(),
  hint: z.string(),
})

export type WireError = z.infer<typeof wireErrorSchema>

/** What an operation came to, for boundaries that can't carry a rejected promise's code and hint. */
export type Outcome<Output> =
  { readonly ok: true; readonly output: Output } | { readonly ok: false; readonly error: WireError }

/** A defect that happened, and was logged, on the far side of a wire. */
export class RemoteDefect extends Error {
  constructor(readonly wireError: WireError) {
    super(wireError.message)
    this.name = 'RemoteDefect'
  }
}

/** The wire form of anything thrown. Only `UserError` keeps its own sentence and hint. */
export function toWireError(error: unknown): WireError {
  if (error instanceof UserError) {
    return { code: error.code, message: error.message, hint: error.hint }
  }
  if (error instanceof RemoteDefect) return error.wireError
  const detail = error instanceof Error ? error.message : String(error)
  return {
    code: 'internal',
    message: `An unexpected error stopped the operation: ${detail}`,
    hint: 'The log file holds the details.',
  }
}

/** The error to throw again on the near side of the wire: a `UserError`, or for `internal` a `RemoteDefect`. */
export function fromWireError(error: WireError): Error {
  return error.code === 'internal'
    ? new RemoteDefect(error)
    : new UserError(error.code, error.message, error.hint)
}
