import { throwIfCancelled, UserError } from '../contract/errors.js'
import { type BatchInput, type BatchOutput, type BatchRow } from '../contract/operations/batch.js'
import { isOperationName } from '../contract/operations/parse-input.js'
import { type Operation, type OperationContext } from '../contract/progress.js'
import type { OperationRegistry } from './operation-registry.js'
import { runWithRegistry } from './run-with-registry.js'

/**
 * Runs one operation over several cases and tells of each how it ended. Cancelling ends the whole batch; the outputs
 * of the cases done before stand. Errors: `input-invalid` (no such operation), `cancelled`.
 */
export function batchOf(registry: () => Partial<OperationRegistry>): Operation<BatchInput, BatchOutput> {
  return async ({ operation, cases }, context) => {
    const rows: BatchRow[] = []
    for (const [index, { name, input }] of cases.entries()) {
      const single = caseContext(context, name, index, cases.length)
      try {
        throwIfCancelled(context.signal)
        rows.push(await runCase(registry(), operation, name, input, single))
      } catch (error) {
        throw index > 0 && context.signal.aborted ? cancelledAfter(index, cases.length) : error
      }
    }
    return { rows }
  }
}

function cancelledAfter(done: number, count: number): UserError {
  const message = `The batch was cancelled; ${done} of ${count} cases ${done === 1 ? 'is' : 'are'} done, what they wrote stands.`
  return new UserError('cancelled', message, 'The same request goes on from there.')
}

async function runCase(
  registry: Partial<OperationRegistry>,
  operation: string,
  name: string,
  input: unknown,
  context: OperationContext,
): Promise<BatchRow> {
  if (!isOperationName(operation) || operation === 'batch') {
    throw new UserError('input-invalid', `There is no operation "${operation}" to run over several cases.`)
  }
  const start = performance.now()
  const row = (state: BatchRow['state'], message: string, output: unknown): BatchRow => ({
    name,
    state,
    seconds: (performance.now() - start) / 1000,
    message,
    output,
  })
  try {
    const output = await runWithRegistry(registry, operation, input, context)
    const isUpToDate = 'isUpToDate' in output && output.isUpToDate
    return row(isUpToDate ? 'up-to-date' : 'done', '', output)
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    if (error.code === 'cancelled') throw error
    return row('failed', [error.message, error.hint].filter((text) => text !== '').join(' '), null)
  }
}

/** Progress of one case as its share of the whole. */
function caseContext(
  { signal, onProgress, onEvent }: OperationContext,
  name: string,
  index: number,
  count: number,
): OperationContext {
  return {
    signal,
    onEvent,
    onProgress: (progress) => {
      onProgress({
        ...progress,
        message: `${name} (${index + 1} of ${count}): ${progress.message}`,
        fraction: (index + (progress.fraction ?? 0)) / count,
      })
    },
  }
}
