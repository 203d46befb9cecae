import { Option, type Command } from 'commander'
import { dirname } from 'node:path'
import { orientationSchema } from '../../contract/operations/register.js'
import { assertFolderWritable } from '../../imaging/output-folder.js'
import { type CommandHost, type CommonOptions } from '../command-host.js'
import { exitCodes } from '../exit-codes.js'
import { parsePositiveCount } from '../options/values.js'
import { factsTable } from '../terminal/facts-table.js'

interface ConvertToXvrOptions extends CommonOptions {
  readonly out: string
  readonly view: number
  readonly orientation?: 'AP' | 'PA' | 'none'
  readonly reverseXAxis?: boolean
  readonly force?: boolean
}

/** `isocenter convert to-xvr RESULT --out parameters.pt`. */
export function addConvertToXvrCommand(group: Command, host: CommandHost): void {
  group
    .command('to-xvr')
    .usage('RESULT --out parameters.pt [options]')
    .summary("a result as xvr's parameters.pt")
    .description(
      "Writes a result with the keys of xvr's main branch. PyTorch alone reads it: the trajectory is a dictionary of columns instead of a pandas table, paths are texts.",
    )
    .argument('<result>', 'result.json of a registration, or its folder')
    .optionsGroup('View:')
    .option('--view <number>', 'which of several X-rays', parsePositiveCount, 1)
    .addOption(
      new Option('--orientation <side>', 'as the registration started (default: AP)').choices(
        orientationSchema.options,
      ),
    )
    .option('--reverse-x-axis', 'as the registration started (default)')
    .option('--no-reverse-x-axis', 'columns run the other way')
    .optionsGroup('Output:')
    .requiredOption('-o, --out <file>', 'parameters.pt to write')
    .option('--force', 'replace what stands there')
    .action((path: string, options: ConvertToXvrOptions) =>
      host.run(options, async (session) => {
        await assertFolderWritable(dirname(options.out))
        const output = await session.run('convert-to-xvr', {
          path,
          outputPath: options.out,
          view: options.view,
          orientation: options.orientation,
          reverseXAxis: options.reverseXAxis,
          force: options.force,
        })
        output.warnings.forEach((warning) => {
          session.note(`warning: ${warning}`)
        })
        const facts = [
          { name: 'written to', value: `${output.path}${output.isUpToDate ? ' (up to date)' : ''}` },
          { name: 'orientation', value: output.orientation },
          { name: 'reverse x axis', value: output.reverseXAxis ? 'yes' : 'no' },
        ]
        session.report(factsTable(facts), output)
        return exitCodes.success
      }),
    )
}
