import { CommanderError } from 'commander'
import { type CommandHost } from './command-host.js'
import { exitCodes } from './exit-codes.js'
import { createProgram } from './program.js'
import { createSession, type SessionParts } from './session.js'
import { reportError } from './terminal/report-error.js'

/** Runs the command line `argv` (without node and script) and returns the exit code; never throws. */
export async function runCli(argv: readonly string[], parts: SessionParts): Promise<number> {
  let exitCode: number = exitCodes.success
  const host: CommandHost = {
    async run({ json = false }, work) {
      try {
        exitCode = await work(createSession(parts, json))
      } catch (error) {
        exitCode = reportError(error, parts.terminal, { json })
      }
    },
  }
  try {
    await createProgram(host, parts.terminal).parseAsync(argv, { from: 'user' })
  } catch (error) {
    // Commander has already written the sentence, or the help.
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.success : exitCodes.usage
    return reportError(error, parts.terminal, { json: false })
  }
  return exitCode
}
