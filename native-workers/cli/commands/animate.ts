import { type Command, Option } from 'commander'
import { dirname, join } from 'node:path'
import { type AnimateOutput, type AnimationPanel } from '../../contract/operations/animate.js'
import { type OperationRequest } from '../../contract/operations/index.js'
import { assertFolderWritable } from '../../imaging/output-folder.js'
import { type ResultCase, resultCases } from '../cases/result-cases.js'
import { runCases } from '../cases/run-cases.js'
import { type CommandHost, type CommonOptions } from '../command-host.js'
import { exitCodes } from '../exit-codes.js'
import { parseAnimationPanels } from '../options/animation-options.js'
import { parsePositive, parsePositiveCount } from '../options/values.js'
import { type Session } from '../session.js'
import { factsTable } from '../terminal/facts-table.js'

interface AnimateOptions extends CommonOptions {
  readonly out: string
  readonly format: string
  readonly fps?: number
  readonly skip?: number
  readonly acceptedOnly?: boolean
  readonly maxFrames?: number
  readonly panels?: readonly AnimationPanel[]
  readonly view: number
  readonly width?: number
  readonly force?: boolean
}

/** `isocenter animate RESULT --out FILE.gif|.mp4|.webm`. */
export function addAnimateCommand(program: Command, host: CommandHost): void {
  program
    .command('animate')
    .usage('RESULT... --out FILE|DIR [options]')
    .summary('the optimisation of a registration as it ran, as GIF or video')
    .description(
      'Shows the optimisation as it ran: X-ray, DRR, their difference or edges, and the loss beneath. Videos are encoded by the application’s own browser engine; a .gif needs none. Several results, or a folder of them, give one file each and a summary table.',
    )
    .argument('<result...>', 'result.json of registrations, their folders, or a folder of such folders')
    .optionsGroup('Picture:')
    .option(
      '--panels <list>',
      'xray, drr, difference, edges (default: xray,drr,difference)',
      parseAnimationPanels,
    )
    .option('--view <number>', 'which X-ray of several', parsePositiveCount, 1)
    .option('--width <pixels>', 'of the whole picture (default: 384 per panel)', parsePositiveCount)
    .optionsGroup('Time:')
    .option('--fps <rate>', 'frames a second (default: up to 30, fewer where there are few)', parsePositive)
    .option('--skip <n>', 'show every n-th step (default: 1)', parsePositiveCount)
    .option('--accepted-only', 'leave out the steps that the optimiser took back')
    .option('--max-frames <count>', 'thin longer trajectories evenly (default: 240)', parsePositiveCount)
    .optionsGroup('Output:')
    .requiredOption('-o, --out <path>', '.gif, .mp4 or .webm; of several results a folder')
    .addOption(
      new Option('--format <ending>', 'of the files of several results')
        .choices(['gif', 'mp4', 'webm'])
        .default('gif'),
    )
    .option('--force', 'replace a file that is not this command’s own, and redo what is done')
    .action((paths: readonly string[], options: AnimateOptions) =>
      host.run(options, async (session) => {
        const [first, ...others] = await resultCases(paths)
        if (others.length > 0) return animateAll([first, ...others], options, session)
        await assertFolderWritable(dirname(options.out))
        const output = await session.run('animate', animateRequest(first, options.out, options))
        session.report(animateText(output), output)
        return exitCodes.success
      }),
    )
}

async function animateAll(
  cases: readonly ResultCase[],
  options: AnimateOptions,
  session: Session,
): Promise<number> {
  await assertFolderWritable(options.out)
  const requests = cases.map((one) => {
    const outputPath = join(options.out, `${one.name}.${options.format}`)
    return { name: one.name, input: animateRequest(one, outputPath, options) }
  })
  return runCases(session, 'animate', requests, {
    columns: ['frames', 'MB'],
    cells: ({ frames, bytes }) => [frames, (bytes / 1e6).toFixed(1)],
    summaryPath: join(options.out, 'summary.csv'),
  })
}

function animateRequest(
  { resultPath }: ResultCase,
  outputPath: string,
  options: AnimateOptions,
): OperationRequest<'animate'> {
  return {
    resultPath,
    outputPath,
    framesPerSecond: options.fps,
    skip: options.skip,
    acceptedOnly: options.acceptedOnly,
    maxFrames: options.maxFrames,
    panels: options.panels === undefined ? undefined : [...options.panels],
    viewIndex: options.view - 1,
    width: options.width,
    force: options.force,
  }
}

function animateText(output: AnimateOutput): string {
  const { file, width, height, frames, trajectoryPoints, framesPerSecond, seconds, bytes, codec } = output
  return factsTable([
    { name: 'written to', value: `${file} (${(bytes / 1e6).toFixed(1)} MB)` },
    { name: 'size', value: `${width} x ${height} pixels${codec === null ? '' : `, ${codec}`}` },
    {
      name: 'frames',
      value: `${frames} (start, answer and ${frames - 2} of ${trajectoryPoints} steps), ${framesPerSecond} a second, ${seconds.toFixed(1)} s`,
    },
    ...(output.isUpToDate ? [{ name: 'state', value: 'up to date, nothing was done' }] : []),
  ])
}
