import { type Command } from 'commander'
import { join } from 'node:path'
import { type ConvertDatasetOutput, type DatasetLayout } from '../../contract/operations/convert-dataset.js'
import { UserError } from '../../contract/errors.js'
import { assertFolderWritable } from '../../imaging/output-folder.js'
import { runCases } from '../cases/run-cases.js'
import { type CommandHost, type CommonOptions } from '../command-host.js'
import { exitCodes } from '../exit-codes.js'
import { type Session } from '../session.js'
import { factsTable } from '../terminal/facts-table.js'
import { textTable } from '../terminal/text-table.js'

interface ConvertDatasetOptions extends CommonOptions {
  readonly out?: string
  readonly specimen?: readonly string[]
  readonly list?: boolean
  readonly force?: boolean
}

/** `isocenter convert deepfluoro|ljubljana FILE --out DIR`. */
export function addConvertDatasetCommands(group: Command, host: CommandHost): void {
  addDatasetCommand(group, host, 'deepfluoro', 'DeepFluoro', 'specimen, e.g. 17-1882')
  addDatasetCommand(group, host, 'ljubljana', 'Ljubljana', 'patient, e.g. subject01')
}

function addDatasetCommand(
  group: Command,
  host: CommandHost,
  layout: DatasetLayout,
  name: string,
  specimen: string,
): void {
  group
    .command(layout)
    .usage('FILE.h5 --out DIR [options]')
    .summary(`the ${name} data set`)
    .description(
      `Writes specimens of the ${name} data set as CT, landmarks, X-rays, cameras and true poses. X-rays are written upright and as seen from the source.`,
    )
    .argument('<file>', 'HDF5 file')
    .optionsGroup('Input:')
    .option('--list', 'only list what the file holds')
    .option('--specimen <ids...>', `only this ${specimen} (default: all)`)
    .optionsGroup('Output:')
    .option('-o, --out <folder>', 'folder to write into')
    .option('--force', 'replace what stands there')
    .action((path: string, options: ConvertDatasetOptions) =>
      host.run(options, async (session) => {
        const { specimens } = await session.run('list-dataset', { path, layout })
        if (options.list === true) {
          const rows = specimens.map(({ id, projections }) => [id, projections])
          session.report(textTable(['specimen', 'X-rays'], rows), { specimens })
          return exitCodes.success
        }
        const { out } = options
        if (out === undefined) {
          throw new UserError('input-invalid', 'No output folder is given.', 'Add --out DIR, or --list.')
        }
        await assertFolderWritable(out)
        const wanted = options.specimen ?? specimens.map(({ id }) => id)
        const cases = wanted.map((id) => ({
          name: id,
          input: { path, layout, specimen: id, folder: out, force: options.force },
        }))
        if (cases.length > 1) {
          return runCases(session, 'convert-dataset', cases, {
            columns: ['X-rays', 'landmarks', 'worst landmark error px'],
            cells: (output) => [output.projections.length, output.landmarks, worstError(output)],
            summaryPath: join(out, 'summary.csv'),
          })
        }
        reportOne(session, await session.run('convert-dataset', cases[0].input))
        return exitCodes.success
      }),
    )
}

function reportOne(session: Session, output: ConvertDatasetOutput): void {
  output.warnings.forEach((warning) => {
    session.note(`warning: ${warning}`)
  })
  const facts = [
    { name: 'written to', value: `${output.folder}${output.isUpToDate ? ' (up to date)' : ''}` },
    { name: 'X-rays', value: String(output.projections.length) },
    { name: 'landmarks', value: String(output.landmarks) },
    { name: 'worst landmark error', value: `${worstError(output) || '-'} pixels` },
  ]
  session.report(factsTable(facts), output)
}

/** The largest of the X-rays' median errors; empty without 2D landmarks. */
function worstError({ projections }: ConvertDatasetOutput): string {
  const errors = projections.flatMap(({ landmarkErrorPixels }) =>
    landmarkErrorPixels === null ? [] : [landmarkErrorPixels],
  )
  return errors.length === 0 ? '' : Math.max(...errors).toFixed(2)
}
