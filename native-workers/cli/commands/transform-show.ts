import { type Command } from 'commander'
import { type CommandHost, type CommonOptions } from '../command-host.js'
import { exitCodes } from '../exit-codes.js'
import { factsTable } from '../terminal/facts-table.js'
import { transformFacts } from '../terminal/transform-facts.js'

/** `isocenter transform show FILE`. */
export function addShowTransformCommand(group: Command, host: CommandHost): void {
  group
    .command('show')
    .usage('FILE [options]')
    .summary('what a transform does, and its matrix')
    .description(
      'Prints what a linear transform does to a volume, and its matrix from the moved to the original volume, LPS mm. Composites of linear transforms are read; what deforms is refused.',
    )
    .argument('<file>', 'ITK transform: .tfm, .txt, .h5 or .mat')
    .action((path: string, options: CommonOptions) =>
      host.run(options, async (session) => {
        const output = await session.run('read-transform', { path })
        const facts = [
          { name: 'type', value: output.typeName },
          ...transformFacts(output.originalFromMoved, output.motion),
        ]
        session.report(factsTable(facts), output)
        return exitCodes.success
      }),
    )
}
