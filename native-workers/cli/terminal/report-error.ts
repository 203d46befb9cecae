import { UserError } from '../../contract/errors.js'
import { exitCodeByError, exitCodes } from '../exit-codes.js'
import { hintWithOptions } from './option-hints.js'
import { type Terminal } from './terminal.js'

/**
 * Writes an error and returns the exit code that belongs to it. A UserError is one sentence and a hint; anything else
 * is a defect, shown with its stack. With `json`, the same is also one JSON document on standard output.
 */
export function reportError(error: unknown, terminal: Terminal, { json }: { json: boolean }): number {
  if (error instanceof UserError) {
    const { code, message } = error
    const hint = hintWithOptions(error)
    const exitCode = exitCodeByError[code]
    terminal.err(`error: ${message}\n`)
    if (hint !== '') terminal.err(`hint: ${hint}\n`)
    if (json) terminal.out(`${JSON.stringify({ error: { code, message, hint, exitCode } }, null, 2)}\n`)
    return exitCode
  }
  const description = error instanceof Error ? (error.stack ?? error.message) : String(error)
  terminal.err(`internal error: ${description}\n`)
  if (json) {
    const message = error instanceof Error ? error.message : String(error)
    const exitCode = exitCodes.internal
    terminal.out(`${JSON.stringify({ error: { code: 'internal', message, hint: '', exitCode } }, null, 2)}\n`)
  }
  return exitCodes.internal
}
