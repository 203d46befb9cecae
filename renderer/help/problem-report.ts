import type { ProgramFact } from './program-facts.js'
import { withoutNames } from './without-names.js'

const reportedLogLines = 100

export interface ReportedProblem {
  readonly facts: readonly ProgramFact[]
  readonly errors: readonly string[]
  readonly logLines: readonly string[]
}

/** A problem in plain text, to paste into a message. Its facts are the program's own; all else loses its names. */
export function problemReport({ facts, errors, logLines }: ReportedProblem): string {
  const lines = [
    ...facts.map(({ name, value }) => `${name}: ${value}`),
    '',
    'Errors',
    ...(errors.length === 0 ? ['none'] : errors.map(withoutNames)),
    '',
    'Log',
    ...logLines.slice(-reportedLogLines).map(withoutNames),
  ]
  return `${lines.join('\n')}\n`
}
