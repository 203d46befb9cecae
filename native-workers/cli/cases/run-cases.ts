import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import {
  type OperationName,
  type OperationOutput,
  type OperationRequest,
} from '../../contract/operations/index.js'
import { outputError, writeFileAtomic } from '../../imaging/atomic-write.js'
import { exitCodes } from '../exit-codes.js'
import { type Session } from '../session.js'
import { csvTable } from '../../imaging/text/csv-table.js'
import { parseOperationOutput } from '../../contract/operations/parse-input.js'
import { textTable } from '../terminal/text-table.js'

export interface Case<Name extends OperationName> {
  readonly name: string
  readonly input: OperationRequest<Name>
}

/** How the cases of an operation are shown: the columns of the summary table after name, state and seconds. */
export interface CasesReport<Name extends OperationName> {
  readonly columns: readonly string[]
  readonly cells: (output: OperationOutput<Name>) => readonly (string | number)[]
  /** Where the summary table is written as CSV, if anywhere. */
  readonly summaryPath?: string
  /** What the JSON document says beside the rows. */
  readonly document?: Readonly<Record<string, unknown>>
}

/**
 * Runs one operation over several cases and reports one table; a failed case does not stop the others.
 * The exit code: 0, or 21 when a case failed.
 */
export async function runCases<Name extends OperationName>(
  session: Session,
  operation: Name,
  cases: readonly Case<Name>[],
  { columns, cells, summaryPath, document }: CasesReport<Name>,
): Promise<number> {
  const { rows } = await session.run('batch', { operation, cases: [...cases] })
  const header = ['case', 'state', 'seconds', ...columns, 'message']
  const table = rows.map((row) => [
    row.name,
    row.state,
    row.seconds.toFixed(1),
    ...(row.state === 'failed' ? columns.map(() => '') : cells(parseOperationOutput(operation, row.output))),
    row.message,
  ])
  if (summaryPath !== undefined) {
    // Where every case failed, none has made the folder.
    await mkdir(dirname(summaryPath), { recursive: true }).catch((error: unknown) => {
      throw outputError(error, summaryPath)
    })
    await writeFileAtomic(summaryPath, csvTable(header, table))
  }
  session.report(textTable(header, table), { ...document, rows })
  return rows.some(({ state }) => state === 'failed') ? exitCodes.someFailed : exitCodes.success
}
