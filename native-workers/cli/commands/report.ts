import { type Command } from 'commander'
import { dirname } from 'node:path'
import { assertFolderWritable } from '../../imaging/output-folder.js'
import { type CommandHost, type CommonOptions } from '../command-host.js'
import { exitCodes } from '../exit-codes.js'
import { factsTable } from '../terminal/facts-table.js'

interface ReportOptions extends CommonOptions {
  readonly out: string
  readonly title?: string
  readonly fileNames: boolean
  readonly force?: boolean
}

/** `isocenter report RESULT --out FILE.pdf`. */
export function addReportCommand(program: Command, host: CommandHost): void {
  program
    .command('report')
    .usage('RESULT --out FILE [options]')
    .summary('a registration on one page, as PDF')
    .description(
      'One A4 page: pictures, verdict with its reasons, the pose in three conventions, similarity, camera, settings, and the inputs with their hashes.',
    )
    .argument('<result>', 'result.json of a registration, or its folder')
    .optionsGroup('Content:')
    .option('--title <text>', 'e.g. a case number')
    .option('--no-file-names', 'leave out the names of the input files, which may name a patient')
    .optionsGroup('Output:')
    .requiredOption('-o, --out <file>', '.pdf, .svg or .png')
    .option('--force', 'replace a file that is not this command’s own, and redo what is done')
    .action((resultPath: string, options: ReportOptions) =>
      host.run(options, async (session) => {
        await assertFolderWritable(dirname(options.out))
        const output = await session.run('write-report', {
          resultPath,
          outputPath: options.out,
          title: options.title,
          withFileNames: options.fileNames,
          force: options.force,
        })
        output.notes.forEach((note) => session.note(note))
        const { file, bytes, isUpToDate } = output
        const facts = [{ name: 'written to', value: `${file} (${(bytes / 1e6).toFixed(1)} MB)` }]
        if (isUpToDate) facts.push({ name: 'state', value: 'up to date, nothing was done' })
        session.report(factsTable(facts), output)
        return exitCodes.success
      }),
    )
}
