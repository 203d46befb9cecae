import { type Command, Option } from 'commander'
import { join } from 'node:path'
import { UserError } from '../../contract/errors.js'
import { type CropBox, type CropOutput, type CropStructure } from '../../contract/operations/crop.js'
import { type OperationRequest } from '../../contract/operations/index.js'
import { assertFolderWritable } from '../../imaging/output-folder.js'
import { distinctNames } from '../cases/distinct-names.js'
import { labelsOfVolumes } from '../cases/pair-labels.js'
import { runCases } from '../cases/run-cases.js'
import { volumeCases } from '../cases/volume-cases.js'
import { type CommandHost, type CommonOptions } from '../command-host.js'
import { exitCodes } from '../exit-codes.js'
import { boxFromOptions, type BoxOptions, parseCorners, parseVoxelCorners } from '../options/box-options.js'
import { parseStructures } from '../options/structure-options.js'
import { parseNonNegative } from '../options/values.js'
import { factsTable } from '../terminal/facts-table.js'

interface CropOptions extends CommonOptions, BoxOptions {
  readonly labels?: readonly string[]
  readonly structures?: readonly CropStructure[]
  readonly padding: number
  readonly mirror: OperationRequest<'crop'>['mirror']
  readonly series?: string
  readonly acceptGeometry?: boolean
  readonly out: string
  readonly force?: boolean
}

/** `isocenter crop CT… --labels SEG… --structures LIST --out DIR`, or `… --box I0,J0,K0,I1,J1,K1`. */
export function addCropCommand(program: Command, host: CommandHost): void {
  program
    .command('crop')
    .usage('CT... [--labels SEG...] --structures LIST | --box VOXELS --out DIR [options]')
    .summary('cut structures or a box out of a CT, with padding, mirrored if asked')
    .description(
      'Cuts structures out of a CT, each the padded box of its labels, or a box that is given, with the label map cut along. Writes <ct>_<name>.nii.gz, <ct>_<name>_labels.nii.gz, and for mirrored parts the transform that undoes the mirror. The cut follows the voxel grid: nothing is resampled.',
    )
    .argument('<ct...>', 'CT volumes, or a folder of them')
    .optionsGroup('Input:')
    .option('--labels <paths...>', 'label map of every CT in the same order, or a folder of them')
    .option('--series <uid>', 'which series of a DICOM folder that holds several')
    .option('--accept-geometry', 'go on in spite of geometry warnings that would stop it')
    .optionsGroup('What is cut out:')
    .option('--structures <list>', 'e.g. right-femur=3,pelvis=1+2, or labels alone', parseStructures)
    .option(
      '--box <i0,j0,k0,i1,j1,k1>',
      'first and last voxel of a box, from 0, both included',
      parseVoxelCorners,
    )
    .option('--box-mm <x0,y0,z0,x1,y1,z1>', 'two opposite corners of a box, LPS mm', parseCorners)
    .option('--box-name <name>', "the box's part of file names (default: box)")
    .option('--padding <mm>', "added around a structure's box", parseNonNegative, 5)
    .addOption(
      new Option('--mirror <side>', 'mirror the parts of this side, as their names tell')
        .choices(['left', 'right', 'none'])
        .default('none'),
    )
    .optionsGroup('Output:')
    .requiredOption('-o, --out <folder>', 'folder to write into')
    .option('--force', 'redo what is done, and replace what this step did not write')
    .action((paths: readonly string[], options: CropOptions) =>
      host.run(options, async (session) => {
        const box = boxFromOptions(options)
        requireParts(options, box)
        const volumes = await volumeCases(paths)
        const names = distinctNames(volumes)
        const labels = await labelsOf(volumes, options.labels)
        await assertFolderWritable(options.out)
        const cases = volumes.map((volume, index) => ({
          name: names[index],
          input: {
            volume: {
              path: volume,
              seriesUid: options.series,
              acceptGeometry: options.acceptGeometry ?? false,
            },
            labelsPath: labels[index],
            structures: [...(options.structures ?? [])],
            box,
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

function requireParts({ structures, labels }: CropOptions, box: CropBox | undefined): void {
  if (structures === undefined && box === undefined) {
    throw new UserError(
      'input-invalid',
      'Nothing to cut out is given.',
      'Give --structures with --labels, or --box (voxels), or --box-mm.',
    )
  }
  if (structures !== undefined && labels === undefined) {
    throw new UserError('input-invalid', '--structures needs a label map.', 'Give it by --labels.')
  }
}

/** The label map of every volume; none where none were given. */
async function labelsOf(
  volumes: readonly string[],
  paths: readonly string[] | undefined,
): Promise<readonly string[]> {
  return paths === undefined ? [] : labelsOfVolumes(volumes, paths)
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
    ...(labels === null ? [] : [{ name: 'labels', value: labels }]),
    ...(transform === null ? [] : [{ name: 'undoes the mirror', value: transform }]),
  ])
}
