import { throwIfCancelled, UserError } from '../contract/errors.js'
import type { OperationName, OperationOutput } from '../contract/operations/index.js'
import { parseOperationInput, parseOperationOutput } from '../contract/operations/parse-input.js'
import type { OperationContext } from '../contract/progress.js'
import { explainFileSystemError } from './file-system-errors.js'
import type { OperationRegistry } from './operation-registry.js'
import { ProgressMeter } from './progress-meter.js'

/**
 * Runs one operation of `registry` in this process. The request is validated and completed by the contract,
 * progress gets its elapsed and remaining times, and the output is held against the contract. Throws `UserError` for what a person can mend (`input-invalid`,
 * `cancelled` once `signal` is aborted, those of the operation); any other error is a defect.
 */
export async function runWithRegistry<Name extends OperationName>(
  registry: Partial<OperationRegistry>,
  name: Name,
  request: unknown,
  context: Partial<OperationContext> = {},
): Promise<OperationOutput<Name>> {
  const input = parseOperationInput(name, request)
  const operation = registry[name]
  if (operation === undefined) throw new Error(`The operation "${name}" is not part of this engine.`)
  const signal = context.signal ?? new AbortController().signal
  throwIfCancelled(signal)
  const meter = new ProgressMeter(() => performance.now())
  try {
    const output = await operation(input, {
      signal,
      onProgress: (progress) => context.onProgress?.(meter.complete(progress)),
      onEvent: (event) => context.onEvent?.(event),
    })
    return parseOperationOutput(name, output)
  } catch (error) {
    if (signal.aborted && !(error instanceof UserError)) throwIfCancelled(signal)
    throw explainFileSystemError(error)
  }
}
