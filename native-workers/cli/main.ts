import { exitCodeByError } from './exit-codes.js'
import { runCli } from './run-cli.js'
import { type OperationRunner } from './session.js'
import { processTerminal } from './terminal/terminal.js'

/** Loaded only when something is computed, so that help and usage errors appear at once. */
const runOperation: OperationRunner = async (name, request, context) => {
  const engine = await import('../engine/run-operation.js')
  return engine.runOperation(name, request, context)
}

function cancelOnSignals(): AbortSignal {
  const controller = new AbortController()
  const cancel = () => {
    // Whoever asks twice does not want to wait for the next safe point.
    if (controller.signal.aborted) process.exit(exitCodeByError.cancelled)
    controller.abort()
  }
  process.on('SIGINT', cancel)
  process.on('SIGTERM', cancel)
  return controller.signal
}

// A reader that closes the pipe early, such as `head`, is no defect.
process.stdout.on('error', () => process.exit(0))

const exitCode = await runCli(process.argv.slice(2), {
  terminal: processTerminal(process),
  signal: cancelOnSignals(),
  runOperation,
})
// Idle rendering threads would keep the process alive; what was printed goes out first.
process.stdout.write('', () => process.exit(exitCode))
