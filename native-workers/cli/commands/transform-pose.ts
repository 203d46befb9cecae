import { type Command } from 'commander'
import { dirname } from 'node:path'
import { type TransformPoseOutput } from '../../contract/operations/transform-pose.js'
import { assertFolderWritable } from '../../imaging/output-folder.js'
import { type CommandHost, type CommonOptions } from '../command-host.js'
import { exitCodes } from '../exit-codes.js'
import { readPoseFile } from '../files/pose-file.js'
import { factsTable } from '../terminal/facts-table.js'

interface TransformPoseOptions extends CommonOptions {
  readonly warp: string
  readonly invert?: boolean
  readonly volume?: string
  readonly acceptGeometry?: boolean
  readonly out: string
  readonly force?: boolean
}

/** `isocenter pose transform POSE|RESULT --warp FILE --out FILE.pose.json`. */
export function addTransformPoseCommand(group: Command, host: CommandHost): void {
  group
    .command('transform')
    .usage('POSE|RESULT --warp FILE --out FILE.pose.json [options]')
    .summary("a pose found on a template, for the patient's own volume")
    .description(
      "Brings a pose that was found on a template (a co-registered, prepared or mirrored volume) to the patient's own volume. The transform maps points of the template to points of the patient's volume, as coregister and crop write it.",
    )
    .argument('<pose>', 'pose@1 JSON, or result.json of a registration (its final pose)')
    .optionsGroup('Transform:')
    .requiredOption('--warp <file>', 'ITK transform: .tfm, .txt, .h5 or .mat')
    .option('--invert', "the file maps the patient's volume to the template")
    .option('--volume <ct>', "the patient's CT: where a transform that stretches holds, its centre")
    .option('--accept-geometry', 'go on in spite of geometry warnings that would stop it')
    .optionsGroup('Output:')
    .requiredOption('-o, --out <file>', 'pose file to write, *.pose.json')
    .option('--force', 'redo what is done, and replace what this step did not write')
    .action((posePath: string, options: TransformPoseOptions) =>
      host.run(options, async (session) => {
        const { worldFromVolume: worldFromTemplate } = await readPoseFile(posePath)
        await assertFolderWritable(dirname(options.out))
        const output = await session.run('transform-pose', {
          worldFromTemplate,
          warp: { path: options.warp, invert: options.invert ?? false },
          volume:
            options.volume === undefined
              ? undefined
              : { path: options.volume, acceptGeometry: options.acceptGeometry ?? false },
          outputPath: options.out,
          force: options.force ?? false,
        })
        output.warnings.forEach((warning) => {
          session.note(`warning: ${warning}`)
        })
        session.report(transformPoseText(output), output)
        return exitCodes.success
      }),
    )
}

function transformPoseText({ path, isUpToDate, worldFromVolume }: TransformPoseOutput): string {
  return factsTable([
    { name: isUpToDate ? 'up to date' : 'pose', value: path },
    ...worldFromVolume.map((row, index) => ({
      name: index === 0 ? 'worldFromVolume' : '',
      value: row.map((value) => value.toFixed(6).padStart(14)).join(''),
    })),
  ])
}
