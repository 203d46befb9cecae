import { type Command, Option } from 'commander'
import { join } from 'node:path'
import { UserError } from '../../contract/errors.js'
import {
  type DicomToNiftiInput,
  type DicomToNiftiOutput,
  type ListDicomSeriesOutput,
} from '../../contract/operations/dicom-to-nifti.js'
import { type OperationRequest } from '../../contract/operations/index.js'
import { assertFolderWritable } from '../../imaging/output-folder.js'
import { type Case, runCases } from '../cases/run-cases.js'
import { type CommandHost, type CommonOptions } from '../command-host.js'
import { exitCodes } from '../exit-codes.js'
import { type Session } from '../session.js'

interface Dcm2niiOptions extends CommonOptions {
  readonly series?: string
  readonly correctTilt?: boolean
  readonly resampleUneven?: 'median' | 'finest'
  readonly format: DicomToNiftiInput['format']
  readonly out: string
  readonly force?: boolean
}

/** `isocenter dcm2nii FOLDER --out DIR`. */
export function addDcm2niiCommand(program: Command, host: CommandHost): void {
  program
    .command('dcm2nii')
    .usage('FOLDER --out DIR [options]')
    .summary('convert every volume series of a DICOM folder')
    .description(
      'Converts every volume series in a folder and all below it (by its DICOMDIR where there is one) to <number>_<description>.nii.gz with a report of its geometry beside it. Voxels are written as decoded, rescaled, at their place in millimetres.',
    )
    .argument('<folder>', 'folder with DICOM files, or a DICOMDIR')
    .optionsGroup('Input:')
    .option('--series <uid>', 'only this series (SeriesInstanceUID)')
    .optionsGroup('Geometry:')
    .option('--correct-tilt', 'straighten slices of a tilted gantry onto a rectangular grid (linear)')
    .addOption(
      new Option('--resample-uneven [step]', 'interpolate uneven or missing slices to an even distance')
        .choices(['median', 'finest'])
        .preset('median'),
    )
    .optionsGroup('Output:')
    .requiredOption('-o, --out <folder>', 'folder to write into')
    .addOption(
      new Option('--format <ending>', 'NIfTI holds geometry in float32, nrrd and mha in full')
        .choices(['nii.gz', 'nii', 'nrrd', 'mha'])
        .default('nii.gz'),
    )
    .option('--force', 'redo what is done, and replace what this step did not write')
    .action((path: string, options: Dcm2niiOptions) =>
      host.run(options, async (session) => {
        await assertFolderWritable(options.out)
        const list = await session.run('list-dicom-series', { path })
        sayWhatIsLeftOut(list, session)
        const cases = casesOf(list, path, options)
        const exitCode = await runCases(session, 'dicom-to-nifti', cases, {
          columns: ['modality', 'slices', 'voxels', 'spacing mm', 'axes', 'type', 'findings'],
          cells: rowOf,
          summaryPath: join(options.out, 'summary.csv'),
          document: { skipped: list.skipped, damaged: list.damaged, notes: list.notes },
        })
        return list.damaged.length > 0 ? exitCodes.someFailed : exitCode
      }),
    )
}

function sayWhatIsLeftOut({ skipped, damaged, notes }: ListDicomSeriesOutput, session: Session): void {
  for (const { name, files, reason } of skipped) {
    const others = files === 1 ? '' : ` and ${files - 1} more`
    session.note(`left out: ${name}${others}: ${reason}`)
  }
  for (const { file, reason } of damaged) {
    session.note(`warning: "${file}" ${reason}; the series that it belongs to lacks it.`)
  }
  notes.forEach((text) => {
    session.note(text)
  })
}

function casesOf(
  { series, skipped, damaged }: ListDicomSeriesOutput,
  path: string,
  { series: wanted, out, format, force, ...options }: Dcm2niiOptions,
): Case<'dicom-to-nifti'>[] {
  const chosen = series.filter(({ seriesUid }) => wanted === undefined || seriesUid === wanted)
  if (chosen.length === 0) {
    const known = series.map(({ name, seriesUid }) => `${seriesUid} (${name})`).join(', ')
    throw wanted !== undefined && series.length > 0
      ? new UserError('input-invalid', `"${path}" holds no series ${wanted}.`, `It holds ${known}.`)
      : new UserError(
          damaged.length > 0 ? 'file-truncated' : 'file-unreadable',
          `"${path}" holds no volume series${skipped[0] === undefined ? '' : ` ("${skipped[0].name}" is ${skipped[0].reason})`}.`,
          'Choose the folder that holds the slices of a CT or MR.',
        )
  }
  return chosen.map(({ name, files }): { name: string; input: OperationRequest<'dicom-to-nifti'> } => ({
    name,
    input: {
      files,
      folder: out,
      name,
      correctTilt: options.correctTilt,
      resampleUneven: options.resampleUneven,
      format,
      force,
    },
  }))
}

function rowOf({ geometry }: DicomToNiftiOutput): (string | number)[] {
  const { modality, slices, grid, axes, writtenType, findings } = geometry
  return [
    modality,
    slices,
    grid.size.join('x'),
    grid.spacingMm.map((value) => String(Number(value.toFixed(4)))).join('x'),
    axes,
    writtenType,
    findings.map(({ message }) => message).join(' '),
  ]
}
