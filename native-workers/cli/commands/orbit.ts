import { type Command, Option } from 'commander'
import { dirname } from 'node:path'
import { type AnimateOrbitInput, type AnimateOrbitOutput } from '../../contract/operations/animate-orbit.js'
import { assertFolderWritable } from '../../imaging/output-folder.js'
import { type CommandHost, type CommonOptions } from '../command-host.js'
import { exitCodes } from '../exit-codes.js'
import { parseNumber, parsePositive, parsePositiveCount, parsePositiveVector2 } from '../options/values.js'
import { factsTable } from '../terminal/facts-table.js'

interface OrbitOptions extends CommonOptions {
  readonly out: string
  readonly threshold?: number
  readonly viewpoint?: AnimateOrbitInput['viewpoint']
  readonly background?: AnimateOrbitInput['background']
  readonly frames?: number
  readonly fps?: number
  readonly size?: readonly [number, number]
  readonly force?: boolean
}

/** `isocenter orbit RESULT --out FILE.gif|.mp4|.webm`. */
export function addOrbitCommand(program: Command, host: CommandHost): void {
  program
    .command('orbit')
    .usage('RESULT --out FILE [options]')
    .summary('the 3D scene of a registration, turned once round, as GIF or video')
    .description(
      'Turns CT surface, C-arms and X-rays once round the patient; the file runs in a loop. The application’s own browser engine draws it.',
    )
    .argument('<result>', 'result.json of a registration, or its folder')
    .optionsGroup('Picture:')
    .option('--threshold <HU>', 'the surface is where the volume reaches this (default: 150)', parseNumber)
    .addOption(
      new Option('--viewpoint <what>', 'C-arms too, or the volume alone (default: everything)').choices([
        'everything',
        'volume',
      ]),
    )
    .addOption(new Option('--background <colour>', '(default: dark)').choices(['dark', 'white', 'black']))
    .option('--size <width,height>', 'even pixels (default: 960,720)', parsePositiveVector2)
    .optionsGroup('Time:')
    .option('--frames <count>', 'of the turn (default: 120)', parsePositiveCount)
    .option('--fps <rate>', 'frames a second (default: 20)', parsePositive)
    .optionsGroup('Output:')
    .requiredOption('-o, --out <file>', '.gif, .mp4 or .webm')
    .option('--force', 'replace a file that is not this command’s own, and redo what is done')
    .action((resultPath: string, options: OrbitOptions) =>
      host.run(options, async (session) => {
        await assertFolderWritable(dirname(options.out))
        const { size } = options
        const output = await session.run('animate-orbit', {
          resultPath,
          outputPath: options.out,
          threshold: options.threshold,
          viewpoint: options.viewpoint,
          background: options.background,
          frames: options.frames,
          framesPerSecond: options.fps,
          size: size && { width: size[0], height: size[1] },
          force: options.force,
        })
        session.report(writtenAnimationText(output), output)
        return exitCodes.success
      }),
    )
}

export function writtenAnimationText(output: AnimateOrbitOutput): string {
  const { file, width, height, frames, framesPerSecond, seconds, bytes, codec } = output
  return factsTable([
    { name: 'written to', value: `${file} (${(bytes / 1e6).toFixed(1)} MB)` },
    { name: 'size', value: `${width} x ${height} pixels${codec === null ? '' : `, ${codec}`}` },
    { name: 'frames', value: `${frames}, ${framesPerSecond} a second, ${seconds.toFixed(1)} s` },
    ...(output.isUpToDate ? [{ name: 'state', value: 'up to date, nothing was done' }] : []),
  ])
}
