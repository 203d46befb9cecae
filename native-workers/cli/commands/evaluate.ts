import { type Command, InvalidArgumentError, Option } from 'commander'
import { join } from 'node:path'
import { pointsSchema } from '../../contract/files/points.js'
import { type BatchRow } from '../../contract/operations/batch.js'
import { type EvaluateCohortInput } from '../../contract/operations/evaluate-cohort.js'
import { type FigureFormat, figureFormatSchema } from '../../contract/operations/evaluate-registration.js'
import { type OperationRequest } from '../../contract/operations/index.js'
import { assertFolderWritable } from '../../imaging/output-folder.js'
import { type Case } from '../cases/run-cases.js'
import { pointsFile, truthFile, warpFile } from '../cases/case-truth.js'
import { resultCases, type ResultCase } from '../cases/result-cases.js'
import { type CommandHost, type CommonOptions } from '../command-host.js'
import { exitCodes } from '../exit-codes.js'
import { readPoseFile } from '../files/pose-file.js'
import { readJson } from '../files/read-json.js'
import { parseList, parsePositiveCount } from '../options/values.js'
import { type Session } from '../session.js'
import { cohortText, evaluationText, rowsText } from './evaluation-summary.js'

interface EvaluateOptions extends CommonOptions {
  readonly out: string
  readonly truth?: string
  readonly points?: string
  readonly warp?: string
  readonly invertWarp?: boolean
  readonly formats?: readonly FigureFormat[]
  readonly title?: string
  readonly maxEdge?: number
  readonly failed: EvaluateCohortInput['failedCases']
  readonly threads?: number
  readonly force?: boolean
}

/** `isocenter evaluate RESULT… --out DIR`. */
export function addEvaluateCommand(program: Command, host: CommandHost): void {
  program
    .command('evaluate')
    .usage('RESULT... --out DIR [options]')
    .summary('figures, metrics and cohort tables of registrations')
    .description(
      'Compares X-rays with the DRRs of their registrations: a figure and a CSV row per view, and for several cases evaluation.csv, cohort.csv and a box plot.',
    )
    .argument('<result...>', 'result.json of registrations, their folders, or a folder of such folders')
    .optionsGroup('Truth:')
    .option('--truth <path>', 'true pose (pose@1 or result.json), or a folder of <case>.pose.json')
    .option(
      '--points <path>',
      "points@1 in the volume's LPS mm to measure at, or a folder of <case>.points.json (default: the corners of its content)",
    )
    .option(
      '--warp <path>',
      'truth and points belong to the CT before its preparation: ITK transform of prepared to original points, or a folder of <case>.tfm',
    )
    .option('--invert-warp', 'the file maps original to prepared points')
    .addOption(
      new Option('--failed <how>', 'cases that cannot be evaluated: left out of the success rates or not')
        .choices(['leave-out', 'as-failures'])
        .default('leave-out'),
    )
    .optionsGroup('Figure:')
    .option('--formats <list>', 'png, svg, pdf (default: all)', parseFormats)
    .option('--title <text>', 'title of the figures')
    .option('--max-edge <pixels>', 'compare pictures no larger than this (default: 1024)', parsePositiveCount)
    .option('--threads <count>', 'CPU threads (default: all cores)', parsePositiveCount)
    .optionsGroup('Output:')
    .requiredOption('-o, --out <folder>', 'folder to write into')
    .option('--force', 'redo what is done, and replace what this step did not write')
    .action((paths: readonly string[], options: EvaluateOptions) =>
      host.run(options, async (session) => {
        const found = await resultCases(paths)
        await assertFolderWritable(options.out)
        const cases = await evaluationCases(found, options, session)
        if (cases.length > 1) return evaluateSeveral(cases, options, session)
        const output = await session.run('evaluate-registration', cases[0].input)
        output.warnings.forEach((warning) => {
          session.note(`warning: ${warning}`)
        })
        session.report(evaluationText(output, options.out), output)
        return exitCodes.success
      }),
    )
}

function parseFormats(text: string): readonly FigureFormat[] {
  return parseList(text, (name) => {
    const format = figureFormatSchema.safeParse(name.trim().toLowerCase())
    if (format.success) return format.data
    throw new InvalidArgumentError(`"${name}" is none of ${figureFormatSchema.options.join(', ')}.`)
  })
}

async function evaluationCases(
  found: readonly ResultCase[],
  options: EvaluateOptions,
  session: Session,
): Promise<Case<'evaluate-registration'>[]> {
  const cases: Case<'evaluate-registration'>[] = []
  for (const { name, resultPath } of found) {
    cases.push({
      name,
      input: {
        resultPath,
        name,
        folder: options.out,
        title: found.length > 1 && options.title !== undefined ? `${options.title}: ${name}` : options.title,
        formats: options.formats === undefined ? undefined : [...options.formats],
        truth: await caseTruth(name, options, session),
        maxEdgePixels: options.maxEdge,
        threads: options.threads,
        force: options.force,
      },
    })
  }
  return cases
}

async function caseTruth(
  name: string,
  { truth, points, warp, invertWarp }: EvaluateOptions,
  session: Session,
): Promise<OperationRequest<'evaluate-registration'>['truth']> {
  if (truth === undefined) {
    if (points ?? warp ?? invertWarp) session.note('--points and --warp are of no use without --truth.')
    return undefined
  }
  const path = await truthFile(truth, name)
  if (path === undefined) {
    session.note(`"${truth}" holds no true pose of ${name}; it is evaluated without.`)
    return undefined
  }
  const { worldFromVolume } = await readPoseFile(path)
  const pointsPath = points === undefined ? undefined : await pointsFile(points, name)
  const warpPath = warp === undefined ? undefined : await warpFile(warp, name)
  const missing = pointsPath === undefined ? points : warpPath === undefined ? warp : undefined
  if (missing !== undefined) {
    // Measured at other points, or in another frame, than the rest of its cohort a case would spoil the table.
    session.note(`"${missing}" holds no file of ${name}; it is evaluated without its truth.`)
    return undefined
  }
  return {
    worldFromVolume,
    points:
      pointsPath === undefined
        ? undefined
        : await readJson(pointsPath, pointsSchema, 'points file (isocenter/points@1)'),
    warp: warpPath === undefined ? undefined : { path: warpPath, invert: invertWarp ?? false },
  }
}

async function evaluateSeveral(
  cases: readonly Case<'evaluate-registration'>[],
  options: EvaluateOptions,
  session: Session,
): Promise<number> {
  const { rows } = await session.run('batch', { operation: 'evaluate-registration', cases: [...cases] })
  const evaluated = rows.filter(({ state }) => state !== 'failed')
  const isComplete = evaluated.length === rows.length
  if (evaluated.length === 0) {
    session.report(rowsText(rows), { rows })
    return exitCodes.someFailed
  }
  const cohort = await session.run('evaluate-cohort', {
    cases: evaluated.map(({ name }) => ({
      name,
      recordPath: join(options.out, `${name}-evaluation.provenance.json`),
    })),
    failures: rows.filter(({ state }) => state === 'failed').map(failure),
    failedCases: options.failed,
    folder: options.out,
    title: options.title,
    formats: options.formats === undefined ? undefined : [...options.formats],
    force: options.force,
  })
  session.report(`${rowsText(rows)}\n${cohortText(cohort, options.out)}`, { rows, cohort })
  return isComplete ? exitCodes.success : exitCodes.someFailed
}

const failure = ({ name, message }: BatchRow): { name: string; message: string } => ({ name, message })
