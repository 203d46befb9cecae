import { type Command, Option } from 'commander'
import { UserError } from '../../contract/errors.js'
import { type OperationRequest } from '../../contract/operations/index.js'
import { type ApplyMethod, type ApplyTransformOutput } from '../../contract/operations/transform.js'
import { assertFolderWritable } from '../../imaging/output-folder.js'
import { caseName } from '../cases/case-files.js'
import { type CommandHost, type CommonOptions } from '../command-host.js'
import { exitCodes } from '../exit-codes.js'
import { factsTable } from '../terminal/facts-table.js'
import { transformFacts } from '../terminal/transform-facts.js'

type Request = OperationRequest<'apply-transform'>

interface ApplyOptions extends CommonOptions {
  readonly warp: string
  readonly invert?: boolean
  readonly labels?: string
  readonly series?: string
  readonly acceptGeometry?: boolean
  readonly method: ApplyMethod
  readonly reference?: string
  readonly format: Request['format']
  readonly out: string
  readonly force?: boolean
}

/** `isocenter transform apply [CT] --warp FILE --out DIR`. */
export function addApplyTransformCommand(group: Command, host: CommandHost): void {
  group
    .command('apply')
    .usage('[CT] [--labels SEG] --warp FILE --out DIR [options]')
    .summary('move a CT, its labels, or both for good')
    .description(
      'Moves a CT, its label map, or both by a linear transform. A rigid one changes origin and directions in the header and leaves the voxels alone; all else is resampled once, the CT linearly with air outside, labels by nearest voxel. Writes <ct>_moved.nii.gz, <ct>_moved_labels.nii.gz and <ct>_moved.tfm from the moved to the original volume.',
    )
    .argument('[ct]', 'CT volume; left out, the labels are moved alone')
    .optionsGroup('Input:')
    .option('--labels <seg>', 'label map to move along, or alone')
    .option('--series <uid>', 'which series of a DICOM folder that holds several')
    .option('--accept-geometry', 'go on in spite of geometry warnings that would stop it')
    .optionsGroup('Transform:')
    .requiredOption(
      '--warp <file>',
      'ITK transform from the moved to the original volume: .tfm, .txt, .h5, .mat',
    )
    .option('--invert', 'the file maps the other way')
    .addOption(
      new Option('--method <how>', 'auto is header where the transform is rigid and no reference is given')
        .choices(['auto', 'header', 'resample'])
        .default('auto'),
    )
    .option('--reference <volume>', "resample onto this volume's grid instead of the CT's own")
    .optionsGroup('Output:')
    .requiredOption('-o, --out <folder>', 'folder to write into')
    .addOption(
      new Option('--format <ending>', 'NIfTI holds geometry in float32, nrrd and mha in full')
        .choices(['nii.gz', 'nii', 'nrrd', 'mha'])
        .default('nii.gz'),
    )
    .option('--force', 'redo what is done, and replace what this step did not write')
    .action((ct: string | undefined, options: ApplyOptions) =>
      host.run(options, async (session) => {
        const request = requestOf(ct, options)
        await assertFolderWritable(options.out)
        const output = await session.run('apply-transform', request)
        output.warnings.forEach((warning) => {
          session.note(`warning: ${warning}`)
        })
        session.report(applyTransformText(output), output)
        return exitCodes.success
      }),
    )
}

function requestOf(ct: string | undefined, options: ApplyOptions): Request {
  const named = ct ?? options.labels
  if (named === undefined) {
    throw new UserError('input-invalid', 'Neither a CT nor a label map is given.', 'Name a CT, or --labels.')
  }
  const acceptGeometry = options.acceptGeometry ?? false
  return {
    volume: ct === undefined ? undefined : { path: ct, seriesUid: options.series, acceptGeometry },
    labelsPath: options.labels,
    transform: { kind: 'file', path: options.warp, invert: options.invert ?? false },
    method: options.method,
    reference: options.reference === undefined ? undefined : { path: options.reference, acceptGeometry },
    format: options.format,
    folder: options.out,
    caseName: caseName(named),
    force: options.force ?? false,
  }
}

function applyTransformText(output: ApplyTransformOutput): string {
  const { method, outsideValue, volume, labelsFile, grid, isUpToDate } = output
  const files = [
    ...(volume === null ? [] : [{ name: 'CT', value: volume }]),
    ...(labelsFile === null ? [] : [{ name: 'label map', value: labelsFile }]),
  ]
  return factsTable([
    ...files.map(({ name, value }, index) => ({
      name: isUpToDate && index === 0 ? 'up to date' : name,
      value,
    })),
    { name: 'leads back', value: output.transform },
    {
      name: 'voxels',
      value:
        method === 'header'
          ? 'unchanged; origin and directions in the header are new'
          : `resampled once onto ${grid.size.join(' x ')}${outsideValue === null ? '' : `, ${outsideValue} outside`}`,
    },
    ...transformFacts(output.originalFromMoved, output.motion),
    { name: 'positions in the file', value: `within ${output.storedWithinMm.toExponential(1)} mm` },
  ])
}
