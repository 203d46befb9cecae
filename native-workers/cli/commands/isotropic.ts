import { type Command, InvalidArgumentError, Option } from 'commander'
import { join, resolve } from 'node:path'
import { UserError } from '../../contract/errors.js'
import { type Vector3 } from '../../contract/matrix.js'
import { type OperationRequest } from '../../contract/operations/index.js'
import { type ResampleIsotropicOutput } from '../../contract/operations/resample-isotropic.js'
import { gridCentreMm } from '../../imaging/volume.js'
import { assertFolderWritable } from '../../imaging/output-folder.js'
import { caseName } from '../cases/case-files.js'
import { distinctNames } from '../cases/distinct-names.js'
import { labelsOfVolumes } from '../cases/pair-labels.js'
import { runCases } from '../cases/run-cases.js'
import { volumeCases } from '../cases/volume-cases.js'
import { type CommandHost, type CommonOptions } from '../command-host.js'
import { exitCodes } from '../exit-codes.js'
import { parsePositive } from '../options/values.js'
import { factsTable } from '../terminal/facts-table.js'

/** More labels than these are counted instead. */
const listedLabels = 20

type Request = OperationRequest<'resample-isotropic'>

interface IsotropicOptions extends CommonOptions {
  readonly labels?: readonly string[]
  readonly series?: string
  readonly acceptGeometry?: boolean
  readonly spacing: Request['spacingMm']
  readonly center?: boolean
  readonly keep: Request['keep']
  readonly interpolation: Request['interpolation']
  readonly float?: boolean
  readonly format: Request['format']
  readonly out: string
  readonly force?: boolean
}

/** `isocenter isotropic CT… --spacing MM|min --out DIR`. */
export function addIsotropicCommand(program: Command, host: CommandHost): void {
  program
    .command('isotropic')
    .usage('CT... --spacing MM|min --out DIR [options]')
    .summary('resample a CT, and its labels, to cubes, centred if asked')
    .description(
      'Resamples a CT to isotropic voxels on the grid of 3D Slicer\'s "Resample Scalar Volume", its label map along by nearest voxel. Coarser axes are smoothed first. Writes <ct>_isotropic.nii.gz, <ct>_isotropic_labels.nii.gz and, with --center, <ct>_centering.tfm from the centred to the original volume.',
    )
    .argument('<ct...>', 'CT volumes, or a folder of them')
    .optionsGroup('Input:')
    .option('--labels <paths...>', 'label map of every CT in the same order, or a folder of them')
    .option('--series <uid>', 'which series of a DICOM folder that holds several')
    .option('--accept-geometry', 'go on in spite of geometry warnings that would stop it')
    .optionsGroup('New grid:')
    .requiredOption(
      '--spacing <mm|min>',
      'edge of the voxels; min is the smallest spacing of the CT',
      parseSpacing,
    )
    .option('--center', 'move the middle of the CT to (0, 0, 0), as 3D Slicer\'s "Center volume"')
    .addOption(
      new Option('--keep <what>', "the first voxel's centre, as 3D Slicer does, or the outer faces")
        .choices(['first-voxel', 'extent'])
        .default('first-voxel'),
    )
    .optionsGroup('Values:')
    .addOption(
      new Option('--interpolation <kind>', 'bspline is cubic, sinc has a Lanczos window of radius 3')
        .choices(['linear', 'bspline', 'sinc'])
        .default('linear'),
    )
    .option('--float', "write float32 as computed, not rounded to the CT's own type")
    .optionsGroup('Output:')
    .requiredOption('-o, --out <folder>', 'folder to write into')
    .addOption(
      new Option('--format <ending>', 'NIfTI holds geometry in float32, nrrd and mha in full')
        .choices(['nii.gz', 'nii', 'nrrd', 'mha'])
        .default('nii.gz'),
    )
    .option('--force', 'redo what is done, and replace what this step did not write')
    .action((paths: readonly string[], options: IsotropicOptions) =>
      host.run(options, async (session) => {
        const volumes = withoutOwnOutputs(await volumeCases(paths), paths)
        const names = distinctNames(volumes)
        const labels =
          options.labels === undefined ? undefined : await labelsOfVolumes(volumes, options.labels)
        await assertFolderWritable(options.out)
        const cases = volumes.map((path, index) => ({
          name: names[index],
          input: requestOf(path, labels?.[index], names[index], options),
        }))
        if (cases.length > 1) {
          return runCases(session, 'resample-isotropic', cases, {
            columns: ['voxels', 'mm', 'outside', 'warnings'],
            cells: ({ grid, outside, warnings }) => [
              grid.size.join('x'),
              shortNumber(grid.spacingMm[0]),
              outside.voxels,
              warnings.join(' '),
            ],
            summaryPath: join(options.out, 'summary.csv'),
          })
        }
        const output = await session.run('resample-isotropic', cases[0].input)
        output.warnings.forEach((warning) => {
          session.note(`warning: ${warning}`)
        })
        session.report(isotropicText(output, options), output)
        return exitCodes.success
      }),
    )
}

function requestOf(
  path: string,
  labelsPath: string | undefined,
  name: string,
  options: IsotropicOptions,
): Request {
  return {
    volume: { path, seriesUid: options.series, acceptGeometry: options.acceptGeometry ?? false },
    labelsPath,
    spacingMm: options.spacing,
    center: options.center ?? false,
    interpolation: options.interpolation,
    keep: options.keep,
    float: options.float ?? false,
    format: options.format,
    folder: options.out,
    caseName: name,
    force: options.force ?? false,
  }
}

function parseSpacing(text: string): Request['spacingMm'] {
  if (text === 'min') return text
  if (text.trim() === '' || Number.isNaN(Number(text))) {
    throw new InvalidArgumentError('A number of millimetres, or "min", is needed.')
  }
  return parsePositive(text)
}

/** A folder that outputs went into before holds them beside the volumes; only files named one by one are taken as told. */
function withoutOwnOutputs(volumes: readonly string[], given: readonly string[]): readonly string[] {
  const named = new Set(given.map((path) => resolve(path)))
  const kept = volumes.filter(
    (path) => named.has(resolve(path)) || !/_isotropic(_labels)?$/.test(caseName(path)),
  )
  if (kept.length > 0) return kept
  throw new UserError('input-invalid', 'The folder holds nothing but volumes that are isotropic already.')
}

function isotropicText(output: ResampleIsotropicOutput, { interpolation }: IsotropicOptions): string {
  const { grid, inputGrid, smoothingSigma, outside, labels, originalFromCentered } = output
  const smoothed = smoothingSigma.some((sigma) => sigma > 0)
  return factsTable([
    { name: output.isUpToDate ? 'up to date' : 'CT', value: output.volume },
    ...(output.labelsFile === null ? [] : [{ name: 'label map', value: output.labelsFile }]),
    ...(output.transform === null ? [] : [{ name: 'undoes the centring', value: output.transform }]),
    {
      name: 'voxels',
      value: `${grid.size.join(' x ')} of ${shortNumber(grid.spacingMm[0])} mm (before: ${inputGrid.size.join(' x ')} of ${vectorText(inputGrid.spacingMm, ' x ')} mm)`,
    },
    { name: 'middle of the voxels', value: `(${vectorText(gridCentreMm(grid))}) mm` },
    ...(originalFromCentered === null
      ? []
      : [{ name: 'moved by', value: `(${vectorText(shiftOf(originalFromCentered))}) mm` }]),
    {
      name: 'values',
      value: `${interpolation}, ${smoothed ? `smoothed first by ${vectorText(smoothingSigma, ' x ')} voxels, ` : ''}as ${output.voxelType}`,
    },
    ...(outside.voxels === 0
      ? []
      : [{ name: 'outside of the CT', value: `${outside.voxels} voxels, set to ${outside.value}` }]),
    ...(labels === null ? [] : [{ name: 'labels', value: labelsText(labels) }]),
    { name: 'positions in the file', value: `within ${output.storedWithinMm.toExponential(1)} mm` },
  ])
}

const labelsText = (labels: readonly number[]): string =>
  labels.length > listedLabels
    ? `${labels.length}, from ${labels[0]} to ${labels[labels.length - 1]}`
    : labels.join(', ')

const shiftOf = (originalFromCentered: readonly (readonly number[])[]): Vector3 => [
  -originalFromCentered[0][3],
  -originalFromCentered[1][3],
  -originalFromCentered[2][3],
]

const shortNumber = (value: number): string => String(Number(value.toFixed(4)) + 0)
const vectorText = (values: Vector3, separator = ', '): string => values.map(shortNumber).join(separator)
