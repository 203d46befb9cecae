import type { OperationName, OperationOutput } from '../contract/operations/index.js'
import type { OperationContext } from '../contract/progress.js'
import { operations } from './operations.js'
import { runWithRegistry } from './run-with-registry.js'

/**
 * Runs one of the engine's operations in this process, as the command line and tests do. See `runWithRegistry`
 * for what is validated and thrown.
 */
export async function runOperation<Name extends OperationName>(
  name: Name,
  request: unknown,
  context: Partial<OperationContext> = {},
): Promise<OperationOutput<Name>> {
  return runWithRegistry(operations, name, request, context)
}
