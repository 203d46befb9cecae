import { type Command } from 'commander'
import { dirname } from 'node:path'
import { type AnimationPanel } from '../../contract/operations/animate.js'
import { assertFolderWritable } from '../../imaging/output-folder.js'
import { type CommandHost, type CommonOptions } from '../command-host.js'
import { exitCodes } from '../exit-codes.js'
import { parseAnimationPanels } from '../options/animation-options.js'
import { parsePositive, parsePositiveCount } from '../options/values.js'
import { writtenAnimationText } from './orbit.js'

interface FramesOptions extends CommonOptions {
  readonly out: string
  readonly panels?: readonly AnimationPanel[]
  readonly view: number
  readonly fps?: number
  readonly width?: number
  readonly force?: boolean
}

/** `isocenter frames RESULT... --out FILE.gif|.mp4|.webm`. */
export function addFramesCommand(program: Command, host: CommandHost): void {
  program
    .command('frames')
    .usage('RESULT... --out FILE [options]')
    .summary('the registrations of a multi-frame X-ray, one after the other, as GIF or video')
    .description(
      'Shows each frame with its registration. A folder of results is taken in the order of their names; several paths in the order in which they are given.',
    )
    .argument('<result...>', 'result.json of the frames, their folders, or a folder of such folders')
    .optionsGroup('Picture:')
    .option('--panels <list>', 'xray, drr, difference, edges (default: xray,drr,edges)', parseAnimationPanels)
    .option('--view <number>', 'which X-ray of several', parsePositiveCount, 1)
    .option('--width <pixels>', 'of the whole picture (default: 384 per panel)', parsePositiveCount)
    .optionsGroup('Time:')
    .option('--fps <rate>', 'frames a second (default: 10)', parsePositive)
    .optionsGroup('Output:')
    .requiredOption('-o, --out <file>', '.gif, .mp4 or .webm')
    .option('--force', 'replace a file that is not this command’s own, and redo what is done')
    .action((paths: readonly string[], options: FramesOptions) =>
      host.run(options, async (session) => {
        await assertFolderWritable(dirname(options.out))
        const output = await session.run('animate-frames', {
          resultPaths: [...paths],
          outputPath: options.out,
          panels: options.panels && [...options.panels],
          viewIndex: options.view - 1,
          framesPerSecond: options.fps,
          width: options.width,
          force: options.force,
        })
        session.report(writtenAnimationText(output), output)
        return exitCodes.success
      }),
    )
}
