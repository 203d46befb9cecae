import { type Command } from 'commander'
import { type InspectOutput } from '../../contract/operations/inspect.js'
import { type CommandHost, type CommonOptions } from '../command-host.js'
import { exitCodes } from '../exit-codes.js'
import { factsTable } from '../terminal/facts-table.js'
import { inspectedTreeText } from '../terminal/inspected-tree.js'

interface InspectOptions extends CommonOptions {
  readonly key?: string
}

/** `isocenter inspect FILE`. */
export function addInspectCommand(program: Command, host: CommandHost): void {
  program
    .command('inspect')
    .usage('FILE [options]')
    .summary("keys, shapes and small values of another tool's file")
    .description('Shows keys, shapes, types and small values. Nothing inside a file is ever run.')
    .argument('<file>', '.pt .pth .ckpt .npy .npz .safetensors .onnx .h5 .tfm .json, or what "info" knows')
    .optionsGroup('Output:')
    .option('--key <path>', 'one value only, in full: drr.sdd, optimization.scales[0]')
    .action((path: string, options: InspectOptions) =>
      host.run(options, async (session) => {
        const output = await session.run('inspect', { path, key: options.key })
        session.report(options.key === undefined ? wholeText(output) : valueText(output), output)
        return exitCodes.success
      }),
    )
}

function wholeText({ title, facts, tree, issues }: InspectOutput): string {
  const findings = issues.map(({ severity, message }) => `${severity}: ${message}\n`).join('')
  return `${title}\n${factsTable(facts)}${tree === null ? '' : inspectedTreeText(tree)}${findings}`
}

function valueText(output: InspectOutput): string {
  return output.tree === null ? wholeText(output) : inspectedTreeText(output.tree)
}
