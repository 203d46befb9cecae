import { type Command } from 'commander'
import { type AnonymizeDicomOutput } from '../../contract/operations/dicom-tags.js'
import { assertFolderWritable } from '../../imaging/output-folder.js'
import { type CommandHost, type CommonOptions } from '../command-host.js'
import { exitCodes } from '../exit-codes.js'
import { factsTable } from '../terminal/facts-table.js'

interface DicomAnonymizeOptions extends CommonOptions {
  readonly keepDates?: boolean
  readonly patient?: string
  readonly out: string
  readonly force?: boolean
}

/** `isocenter dicom anonymize FILE|FOLDER… --out DIR`. */
export function addDicomAnonymizeCommand(group: Command, host: CommandHost): void {
  group
    .command('anonymize')
    .usage('FILE|FOLDER... --out DIR [options]')
    .summary('write copies without what can identify a person')
    .description(
      'Writes copies of DICOM pictures without names, identities, places, free texts, dates and private elements (after PS3.15 Annex E), with UIDs renewed consistently. Pixels are not changed: text burned into a picture stays. The record of what was made from what lies beside the output folder and is not to be passed on.',
    )
    .argument('<path...>', 'DICOM files, or folders with all below them')
    .optionsGroup('Content:')
    .option('--keep-dates', 'keep dates and times of the examination (never the date of birth)')
    .option('--patient <id>', "stands as the patient's name and ID (default: ANONYMOUS)")
    .optionsGroup('Output:')
    .requiredOption('-o, --out <folder>', 'folder to write into')
    .option('--force', 'redo what is done, with new UIDs, and replace what this step did not write')
    .action((paths: readonly string[], options: DicomAnonymizeOptions) =>
      host.run(options, async (session) => {
        await assertFolderWritable(options.out)
        const output = await session.run('anonymize-dicom', {
          paths: [...paths],
          folder: options.out,
          keepDates: options.keepDates,
          patient: options.patient,
          force: options.force,
        })
        output.warnings.forEach((warning) => {
          session.note(`warning: ${warning}`)
        })
        session.report(anonymizedText(output, options.out), output)
        return output.skipped.some(({ isDamaged }) => isDamaged) ? exitCodes.someFailed : exitCodes.success
      }),
    )
}

function anonymizedText(output: AnonymizeDicomOutput, folder: string): string {
  const skipped = output.skipped.map(({ source, reason }) => ({
    name: 'left out',
    value: `${source} ${reason}`,
  }))
  return factsTable([
    { name: output.isUpToDate ? 'up to date' : 'written to', value: folder },
    { name: 'pictures', value: String(output.files.length) },
    {
      name: 'elements removed',
      value: `${output.removedElements}, and ${output.privateElements} private ones`,
    },
    { name: 'elements emptied', value: String(output.emptiedElements) },
    { name: 'UIDs renewed', value: String(output.renewedUids) },
    ...skipped,
  ])
}
