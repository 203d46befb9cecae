import {
  type OperationName,
  type OperationOutput,
  type OperationRequest,
} from '../contract/operations/index.js'
import { type OperationContext } from '../contract/progress.js'
import { type Terminal } from './terminal/terminal.js'
import { progressDisplay } from './terminal/progress-display.js'
import { trainingNote } from './terminal/training-notes.js'

/** Runs an operation of the engine in this process. */
export type OperationRunner = <Name extends OperationName>(
  name: Name,
  request: OperationRequest<Name>,
  context: OperationContext,
) => Promise<OperationOutput<Name>>

/** What a command works with. */
export interface Session {
  readonly signal: AbortSignal
  /** Runs an operation, with its progress and messages on standard error. */
  run<Name extends OperationName>(name: Name, request: OperationRequest<Name>): Promise<OperationOutput<Name>>
  /** A sentence on standard error. */
  note(text: string): void
  /** The command's result on standard output: `text` for people, `document` as JSON for machines. */
  report(text: string, document: unknown): void
}

export interface SessionParts {
  readonly terminal: Terminal
  readonly signal: AbortSignal
  readonly runOperation: OperationRunner
}

export function createSession({ terminal, signal, runOperation }: SessionParts, json: boolean): Session {
  const display = progressDisplay(terminal)
  const note = (text: string) => {
    display.clear()
    terminal.err(`${text}\n`)
  }
  return {
    signal,
    note,
    async run(name, request) {
      try {
        return await runOperation(name, request, {
          signal,
          onProgress: (progress) => {
            display.show(progress)
          },
          onEvent: (event) => {
            if (event.kind === 'log') note(event.message)
            const told = event.kind === 'training' ? trainingNote(event.measurement) : null
            if (told !== null) note(told)
          },
        })
      } finally {
        display.clear()
      }
    },
    report(text, document) {
      terminal.out(json ? `${JSON.stringify(document, null, 2)}\n` : text)
    },
  }
}
