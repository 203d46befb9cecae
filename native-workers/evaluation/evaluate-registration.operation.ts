import { writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import {
  evaluationReportSchema,
  type EvaluateRegistrationInput,
  type EvaluateRegistrationOutput,
  type EvaluationReport,
  type FigureFormat,
} from '../contract/operations/evaluate-registration.js'
import { type Operation, type OperationContext } from '../contract/progress.js'
import { runRecorded, type StageOutput } from '../imaging/provenance/run-recorded.js'
import { evaluationCsv } from './cohort/cohort-tables.js'
import { compareView } from './compared-view/compare-view.js'
import { truthErrors } from './compared-view/truth-errors.js'
import { truthOnPreparedVolume } from './compared-view/truth-on-prepared-volume.js'
import { evaluationFigure } from './figure/evaluation-figure.js'
import { renderFigure } from './figure/canvas.js'
import { storedVolumeRenderer } from './high-quality-drr/stored-volume.js'
import { openSavedRegistration } from './saved-registration/open-saved-registration.js'
import { recordedInputs } from './saved-registration/recorded-inputs.js'
import {
  readSavedRegistration,
  type RegistrationRecord,
} from './saved-registration/read-saved-registration.js'

/** Shares of the work: opening, then the views, each with its pictures, metrics and figures. */
const openedFraction = 0.2

/**
 * Draws the evaluation figure of a saved registration, one per view, and computes its metrics (specification §6.9
 * without the script's defects). Writes `<name>-evaluation.<format>`, with the view's number where there are several,
 * and `<name>-evaluation.csv`.
 * Errors: those of `openSavedRegistration`, `runRecorded` and `loadWarp`, `cancelled`.
 */
export const evaluateRegistration: Operation<EvaluateRegistrationInput, EvaluateRegistrationOutput> = async (
  input,
  context,
) => {
  const { resultPath, folder, name, force, title, formats, truth, maxEdgePixels } = input
  const record = await readSavedRegistration(resultPath, context.signal)
  const { report, isUpToDate } = await runRecorded(
    {
      operation: 'evaluate-registration',
      settings: { name, title, formats, truth: withoutPath(truth), maxEdgePixels },
      inputs: [
        ...recordedInputs(record),
        ...(truth?.warp === undefined ? [] : [{ role: 'warp', path: truth.warp.path }]),
      ],
      recordPath: join(folder, `${name}-evaluation.provenance.json`),
      force,
    },
    evaluationReportSchema,
    (stage) => evaluate(input, record, stage, context),
    context.signal,
  )
  return { ...report, isUpToDate }
}

async function evaluate(
  input: EvaluateRegistrationInput,
  { resultPath, result }: RegistrationRecord,
  stage: StageOutput,
  context: OperationContext,
): Promise<EvaluationReport> {
  const figureNames = result.views.map((_, index) => figureName(input.name, index, result.views.length))
  const staged = await stageFigures(input, figureNames, stage)
  const csvName = `${input.name}-evaluation.csv`
  const csvPath = await stage(join(input.folder, csvName))
  const saved = await openSavedRegistration(resultPath, context)
  const { rendered: stored, warnings } = await storedVolumeRenderer(
    { ...saved.input, threads: input.threads },
    context.signal,
  )
  const cameras = saved.views.map(({ camera }) => camera)
  const truth = await truthOnPreparedVolume(input.truth)
  const errorsAt = (pose: typeof result.final) =>
    truthErrors(truth, pose.worldFromVolume, cameras, saved.rendered.content.corners, context)
  const errors = { initial: await errorsAt(result.initial), final: await errorsAt(result.final) }
  const views: EvaluationReport['views'] = []
  for (const [index, view] of saved.views.entries()) {
    const progress = (fraction: number) => {
      context.onProgress({
        phase: 'compare',
        message: `Comparing ${view.name}`,
        fraction: openedFraction + ((1 - openedFraction) * (index + 0.9 * fraction)) / saved.views.length,
        elapsedMs: 0,
        remainingMs: null,
      })
    }
    const compared = await compareView(saved, index, stored, input.maxEdgePixels, context.signal, progress)
    const figure = evaluationFigure({
      ...compared,
      title: input.title === '' ? `Registration evaluation: ${input.name}` : input.title,
      xrayName: view.name,
      volumeName: basename(saved.input.volume.path),
      viewText: saved.views.length === 1 ? '' : `view ${index + 1} of ${saved.views.length}`,
      verdict: result.verdict,
      expectedErrorMm: result.confidence?.expectedErrorMm ?? null,
      errors,
    })
    for (const { view: viewOf, format, path } of staged) {
      if (viewOf === index) await writeFile(path, await renderFigure(figure, format))
    }
    views.push(compared.evaluation)
  }
  const report: EvaluationReport = {
    name: input.name,
    views,
    verdict: result.verdict,
    expectedErrorMm: result.confidence?.expectedErrorMm ?? null,
    initialErrors: errors.initial,
    finalErrors: errors.final,
    files: [
      ...figureNames.flatMap((figure) => input.formats.map((format) => `${figure}.${format}`)),
      csvName,
    ],
    warnings: [...warnings],
  }
  await writeFile(csvPath, evaluationCsv([{ name: input.name, report }], []))
  return report
}

/** The warp's content is recorded by its hash; where it lies does not matter. */
const withoutPath = (truth: EvaluateRegistrationInput['truth']): unknown =>
  truth && { ...truth, warp: truth.warp && { invert: truth.warp.invert } }

const figureName = (name: string, index: number, count: number): string =>
  count === 1 ? `${name}-evaluation` : `${name}-evaluation-${index + 1}`

async function stageFigures(
  { folder, formats }: EvaluateRegistrationInput,
  names: readonly string[],
  stage: StageOutput,
): Promise<{ readonly view: number; readonly format: FigureFormat; readonly path: string }[]> {
  const staged = []
  for (const [view, name] of names.entries()) {
    for (const format of formats) {
      staged.push({ view, format, path: await stage(join(folder, `${name}.${format}`)) })
    }
  }
  return staged
}
