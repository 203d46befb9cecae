import { type Command } from 'commander'
import { type CommandHost, type CommonOptions } from '../command-host.js'
import { exitCodes } from '../exit-codes.js'
import { writeTransformText } from './transform-invert.js'

interface ComposeOptions extends CommonOptions {
  readonly out: string
  readonly force?: boolean
}

/** `isocenter transform compose FIRST NEXT... --out FILE`. */
export function addComposeTransformsCommand(group: Command, host: CommandHost): void {
  group
    .command('compose')
    .usage('FIRST NEXT... --out FILE [options]')
    .summary('several transforms in one')
    .description(
      'Writes one affine transform that moves a volume as the first does, then as the next: for a CT that was co-registered and then centred, coregister’s transform comes first.',
    )
    .argument('<files...>', 'ITK transforms, in the order in which the volume is moved')
    .requiredOption('-o, --out <file>', 'transform to write: .tfm, .txt, .h5 or .mat')
    .option('--force', 'redo what is done, and replace what this step did not write')
    .action((paths: readonly string[], options: ComposeOptions) =>
      host.run(options, async (session) => {
        const output = await session.run('write-transform', {
          members: paths.map((path) => ({ kind: 'file' as const, path })),
          outputPath: options.out,
          force: options.force ?? false,
        })
        session.report(writeTransformText(output), output)
        return exitCodes.success
      }),
    )
}
