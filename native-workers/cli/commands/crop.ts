import { type Command, Option } from 'commander'
import { join } from 'node:path'
import { type CropOutput, type CropStructure } from '../../contract/operations/crop.js'
import { type OperationRequest } from '../../contract/operations/index.js'
import { assertFolderWritable } from '../../imaging/output-folder.js'

import { distinctNames } from '../cases/distinct-names.js'
import { labelsOfVolumes } from '../cases/pair-labels.js'
import { runCases } from '../cases/run-cases.js'
import { volumeCases } from '../cases/volume-cases.js'
import { type CommandHost, type CommonOptions } from '../command-host.js'
import { exitCodes } from '../exit-codes.js'
import { parseStructures } from '../options/structure-options.js'
import { parseNonNegative } from '../options/values.js'
import { factsTable } from '../terminal/facts-table.js'

interface CropOptions extends CommonOptions {
  readonly labels: readonly string[]
  readonly structures: readonly CropStructure[]
  readonly padding: number
  readonly mirror: OperationRequest<'crop'>['mirror']
  readonly series?: string
  readonly acceptGeometry?: boolean
  readonly out: string
  readonly force?: boolean
}

/** `isocenter crop CT… --labels SEG… --structures LIST --out DIR`. */
export function addCropCommand(program: Command, host: CommandHost): void {
  program
    .command('crop')
    .usage('CT... --labels SEG... --structures LIST --out DIR [options]')
    .summary('cut structures out of a CT, with padding, mirrored if asked')
    .description(
      'Cuts structures out of a CT: the padded box of their labels, with the label map cut along. Writes <ct>_<structure>.nii.gz, <ct>_<structure>_labels.nii.gz, and for mirrored structures the transform that undoes the mirror.',
    )
    .argument('<ct...>', 'CT volumes, or a folder of them')
    .optionsGroup('Input:')
    .requiredOption('--labels <paths...>', 'label map of every CT in the same order, or a folder of them')
    .option('--series <uid>', 'which series of a DICOM folder that holds several')
    .option('--accept-geometry', 'go on in spite of geometry warnings that would stop it')
    .optionsGroup('What is cut out:')
    .requiredOption('--structures <list>', 'e.g. right-femur=3,pelvis=1+2, or labels alone', parseStructures)
    .option('--padding <mm>', "added around a structure's box", parseNonNegative, 5)
    .addOption(
      new Option('--mirror <side>', 'mirror the structures of this side, as their names tell')
        .choices(['left', 'right', 'none'])
        .default('none'),
    )
    .optionsGroup('Output:')
    .requiredOption('-o, --out <folder>', 'folder to write into')
    .option('--force', 'redo what is done, and replace what this step did not write')
    .action((paths: readonly string[], options: CropOptions) =>
      host.run(options, async (session) => {
        const volumes = await volumeCases(paths)
        const labels = await labelsOfVolumes(volumes, options.labels)
        const names = distinctNames(volumes)
        await assertFolderWritable(options.out)
        const cases = labels.map((labelsPath, index) => ({
          name: names[index],
          input: {
            volume: {
              path: volumes[index],
              seriesUid: options.series,
              acceptGeometry: options.acceptGeometry ?? false,
            },
            labelsPath,
            structures: [...options.structures],
            paddingMm: options.padding,
            mirror: options.mirror,
            folder: options.out,
            caseName: names[index],
            force: options.force ?? false,
          },
        }))
        if (cases.length > 1) {
          return runCases(session, 'crop', cases, {
            columns: ['structures', 'voxels', 'warnings'],
            cells: summaryCells,
            summaryPath: join(options.out, 'summary.csv'),
          })
        }
        const output = await session.run('crop', cases[0].input)
        new Set(output.structures.flatMap(({ warnings }) => warnings)).forEach((warning) => {
          session.note(`warning: ${warning}`)
        })
        session.report(output.structures.map(structureText).join('\n'), output)
        return exitCodes.success
      }),
    )
}

type CroppedStructure = CropOutput['structures'][number]

const cutText = ({ cutPadding }: CroppedStructure): string =>
  cutPadding
    .map(({ end, missingMm }) => `${missingMm.toFixed(1)} mm less at the ${end} end of the CT`)
    .join(', ')

function summaryCells({ structures }: CropOutput): (string | number)[] {
  const cuts = structures
    .filter(({ cutPadding }) => cutPadding.length > 0)
    .map((structure) => `${structure.structure}: padding ${cutText(structure)}.`)
  const warnings = new Set([...structures.flatMap(({ warnings }) => warnings), ...cuts])
  return [
    structures.map(({ structure }) => structure).join(' '),
    structures.map(({ size }) => size.join('x')).join(' '),
    [...warnings].join(' '),
  ]
}

function structureText(structure: CroppedStructure): string {
  const { size, start, cutPadding, volume, labels, transform, isUpToDate } = structure
  return factsTable([
    { name: 'structure', value: structure.structure },
    { name: 'box', value: `${size.join(' x ')} voxels from (${start.join(', ')})` },
    ...(cutPadding.length === 0 ? [] : [{ name: 'padding', value: cutText(structure) }]),
    { name: isUpToDate ? 'up to date' : 'CT', value: volume },
    { name: 'labels', value: labels },
    ...(transform === null ? [] : [{ name: 'undoes the mirror', value: transform }]),
  ])
}
