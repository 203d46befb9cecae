/** What a person can mend: shown as one sentence plus a hint, and as the CLI's exit code. */
export const userErrorCodes = [
  'file-not-found',
  'file-unreadable',
  'file-truncated',
  'format-unknown',
  'format-unsupported',
  'geometry-missing',
  'geometry-invalid',
  'geometry-unconfirmed',
  'values-invalid',
  'labels-invalid',
  'input-invalid',
  'output-unwritable',
  'output-exists',
  'runtime-missing',
  'no-overlap',
  'cancelled',
  'engine-lost',
] as const

export type UserErrorCode = (typeof userErrorCodes)[number]

/** An error with a clear sentence (`message`) and what to do about it (`hint`). Crosses the wire by code. */
export class UserError extends Error {
  constructor(
    readonly code: UserErrorCode,
    message: string,
    readonly hint: string = '',
  ) {
    super(message)
    this.name = 'UserError'
  }
}

/** Throws `UserError('cancelled')` once the signal is aborted; long loops call it between steps. */
export function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) {
    throw new UserError('cancelled', 'The operation was cancelled; nothing was written.')
  }
}
