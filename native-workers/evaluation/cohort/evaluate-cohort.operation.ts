import { writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { throwIfCancelled, UserError } from '../../contract/errors.js'
import {
  cohortReportSchema,
  type EvaluateCohortInput,
  type EvaluateCohortOutput,
} from '../../contract/operations/evaluate-cohort.js'
import {
  type EvaluationReport,
  evaluationReportSchema,
} from '../../contract/operations/evaluate-registration.js'
import { type Operation } from '../../contract/progress.js'
import { readProvenance } from '../../imaging/provenance/read-provenance.js'
import { runRecorded } from '../../imaging/provenance/run-recorded.js'
import { renderFigure } from '../figure/canvas.js'
import { cohortFigure } from '../figure/cohort-figure.js'
import { cohortCsv, evaluationCsv } from './cohort-tables.js'
import { cohortValues, quantitiesOf, successRates } from './summarise-cohort.js'

/**
 * Puts evaluated registrations together: `evaluation.csv` (a row per case and view), `cohort.csv` (percentiles, success
 * rates) and a box plot. Errors: `file-unreadable` (a record that is not an evaluation's), those of `runRecorded`.
 */
export const evaluateCohort: Operation<EvaluateCohortInput, EvaluateCohortOutput> = async (
  { cases, failures, failedCases, folder, title, formats, force },
  { signal, onProgress },
) => {
  const path = (name: string) => join(folder, name)
  const { report, isUpToDate } = await runRecorded(
    {
      operation: 'evaluate-cohort',
      settings: { names: cases.map(({ name }) => name), failures, failedCases, title, formats },
      inputs: cases.map(({ name, recordPath }) => ({ role: name, path: recordPath })),
      recordPath: path('cohort.provenance.json'),
      force,
    },
    cohortReportSchema,
    async (stage) => {
      const figures = []
      for (const format of formats) {
        figures.push({ format, path: await stage(path(`cohort-boxplot.${format}`)) })
      }
      const evaluationPath = await stage(path('evaluation.csv'))
      const cohortPath = await stage(path('cohort.csv'))
      const reports = []
      for (const { name, recordPath } of cases) reports.push({ name, report: await readReport(recordPath) })
      const values = cohortValues(reports.map(({ report: ofCase }) => ofCase))
      const summary = {
        quantities: quantitiesOf(values),
        successRates: successRates(
          reports.map(({ report: ofCase }) => ofCase),
          failedCases === 'as-failures' ? failures.length : 0,
        ),
      }
      onProgress({ phase: 'cohort', fraction: 0.2, message: 'Drawing', elapsedMs: 0, remainingMs: null })
      await writeFile(evaluationPath, evaluationCsv(reports, failures))
      await writeFile(cohortPath, cohortCsv(summary))
      const figure = cohortFigure({ title, values, ...summary, cases: cases.length, failed: failures.length })
      for (const { format, path: figurePath } of figures) {
        throwIfCancelled(signal)
        await writeFile(figurePath, await renderFigure(figure, format))
      }
      const names = ['evaluation.csv', 'cohort.csv', ...formats.map((format) => `cohort-boxplot.${format}`)]
      return { ...summary, cases: cases.length, failed: failures.length, files: names }
    },
    signal,
  )
  return { ...report, isUpToDate }
}

async function readReport(recordPath: string): Promise<EvaluationReport> {
  const record = await readProvenance(recordPath)
  const report = evaluationReportSchema.safeParse(record?.report)
  if (record?.operation === 'evaluate-registration' && report.success) return report.data
  throw new UserError(
    'file-unreadable',
    `"${basename(recordPath)}" is not the record of an evaluated registration.`,
    'Evaluate the case again.',
  )
}
