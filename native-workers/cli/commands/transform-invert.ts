import { type Command } from 'commander'
import { type WriteTransformOutput } from '../../contract/operations/transform.js'
import { type CommandHost, type CommonOptions } from '../command-host.js'
import { exitCodes } from '../exit-codes.js'
import { factsTable } from '../terminal/facts-table.js'
import { transformFacts } from '../terminal/transform-facts.js'

interface InvertOptions extends CommonOptions {
  readonly out: string
  readonly force?: boolean
}

/** `isocenter transform invert FILE --out FILE`. */
export function addInvertTransformCommand(group: Command, host: CommandHost): void {
  group
    .command('invert')
    .usage('FILE --out FILE [options]')
    .summary('the transform of the way back')
    .description('Writes the inverse of a linear transform: it moves the moved volume back to the original.')
    .argument('<file>', 'ITK transform: .tfm, .txt, .h5 or .mat')
    .requiredOption('-o, --out <file>', 'transform to write: .tfm, .txt, .h5 or .mat')
    .option('--force', 'redo what is done, and replace what this step did not write')
    .action((path: string, options: InvertOptions) =>
      host.run(options, async (session) => {
        const output = await session.run('write-transform', {
          members: [{ kind: 'file', path, invert: true }],
          outputPath: options.out,
          force: options.force ?? false,
        })
        session.report(writeTransformText(output), output)
        return exitCodes.success
      }),
    )
}

export function writeTransformText(output: WriteTransformOutput): string {
  return factsTable([
    { name: output.isUpToDate ? 'up to date' : 'transform', value: output.path },
    ...transformFacts(output.originalFromMoved, output.motion),
  ])
}
