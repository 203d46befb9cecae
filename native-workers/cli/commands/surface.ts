import { type Command, Option } from 'commander'
import { type LabelSurfacesInput, type LabelSurfacesOutput } from '../../contract/operations/surface.js'
import { assertFolderWritable } from '../../imaging/output-folder.js'
import { type CommandHost, type CommonOptions } from '../command-host.js'
import { exitCodes } from '../exit-codes.js'
import { parseCount, parseList, parsePositiveCount } from '../options/values.js'
import { textTable } from '../terminal/text-table.js'

interface SurfaceOptions extends CommonOptions {
  readonly out: string
  readonly labels?: readonly number[]
  readonly format?: LabelSurfacesInput['format']
  readonly space?: LabelSurfacesInput['space']
  readonly parts?: LabelSurfacesInput['parts']
  readonly smoothing?: number
  readonly maxTriangles?: number
  readonly force?: boolean
}

/** `isocenter surface LABELS --labels 1,2 --out DIR`. */
export function addSurfaceCommand(program: Command, host: CommandHost): void {
  program
    .command('surface')
    .usage('LABELS --out DIR [options]')
    .summary('surfaces of the labels of a map, as STL, PLY or OBJ')
    .description(
      'Writes one closed surface per label in millimetres, for printing and for other programs. The file’s head says whether they are LPS or RAS.',
    )
    .argument('<labels>', 'label map')
    .optionsGroup('Surface:')
    .option('--labels <list>', 'only these, e.g. 1,2 (default: all)', (text) =>
      parseList(text, parsePositiveCount),
    )
    .addOption(
      new Option('--parts <which>', 'connected parts of each label (default: all)').choices([
        'largest',
        'large',
        'all',
      ]),
    )
    .option('--smoothing <count>', 'iterations of Taubin smoothing (default: 20)', parseCount)
    .option('--max-triangles <count>', 'of each surface (default: 200000)', parsePositiveCount)
    .addOption(new Option('--space <axes>', 'of the millimetres (default: LPS)').choices(['LPS', 'RAS']))
    .optionsGroup('Output:')
    .requiredOption('-o, --out <folder>', 'folder to write into')
    .addOption(new Option('--format <ending>', '(default: stl)').choices(['stl', 'ply', 'obj']))
    .option('--force', 'replace files that are not this command’s own, and redo what is done')
    .action((labelsPath: string, options: SurfaceOptions) =>
      host.run(options, async (session) => {
        await assertFolderWritable(options.out)
        const output = await session.run('label-surfaces', {
          labelsPath,
          folder: options.out,
          labels: [...(options.labels ?? [])],
          format: options.format,
          space: options.space,
          parts: options.parts,
          smoothingIterations: options.smoothing,
          maxTriangles: options.maxTriangles,
          force: options.force,
        })
        output.notes.forEach((note) => session.note(note))
        session.report(surfaceText(output), output)
        return exitCodes.success
      }),
    )
}

function surfaceText({ surfaces, isUpToDate }: LabelSurfacesOutput): string {
  const rows = surfaces.map(({ label, name, triangles, volumeMl, file }) => [
    String(label),
    name ?? '',
    String(triangles),
    volumeMl.toFixed(1),
    file,
  ])
  const table = textTable(['label', 'name', 'triangles', 'ml', 'file'], rows)
  return `${table}${isUpToDate ? 'up to date, nothing was done\n' : ''}`
}
