import { type Command } from 'commander'
import { dirname } from 'node:path'
import { assertFolderWritable } from '../../imaging/output-folder.js'
import { type CommandHost, type CommonOptions } from '../command-host.js'
import { exitCodes } from '../exit-codes.js'
import { factsTable } from '../terminal/facts-table.js'

interface ConvertCheckpointOptions extends CommonOptions {
  readonly out: string
  readonly force?: boolean
}

/** `isocenter convert checkpoint CKPT --out FILE.pth`. */
export function addConvertCheckpointCommand(group: Command, host: CommandHost): void {
  group
    .command('checkpoint')
    .usage('CKPT --out FILE.pth [options]')
    .summary('a trained network as .pth for PyTorch')
    .description(
      "Writes the network of a checkpoint as a .pth in the layout of xvr's: model_state_dict under timm's names, and config. xvr's own .pth need no conversion: --ckptpath takes them.",
    )
    .argument('<checkpoint>', 'a checkpoint, or the folder of a training for its newest')
    .optionsGroup('Output:')
    .requiredOption('-o, --out <file>', '.pth to write')
    .option('--force', 'replace what stands there')
    .action((path: string, { out, force, json }: ConvertCheckpointOptions) =>
      host.run({ json }, async (session) => {
        await assertFolderWritable(dirname(out))
        const output = await session.run('convert-checkpoint', { path, outputPath: out, force })
        const facts = [
          { name: 'written to', value: output.path },
          { name: 'network', value: `${output.network}, ${output.parameters} parameters` },
          { name: 'iteration', value: String(output.iteration) },
        ]
        session.report(factsTable(facts), output)
        return exitCodes.success
      }),
    )
}
