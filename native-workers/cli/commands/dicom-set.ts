import { type Command, Option } from 'commander'
import { join } from 'node:path'
import { stat } from 'node:fs/promises'
import { UserError } from '../../contract/errors.js'
import { type Vector2 } from '../../contract/matrix.js'
import { type SetDicomTagsOutput, type XrayCorrection } from '../../contract/operations/dicom-tags.js'
import { assertFolderWritable } from '../../imaging/output-folder.js'
import { caseFiles } from '../cases/case-files.js'
import { distinctNames } from '../cases/distinct-names.js'
import { runCases } from '../cases/run-cases.js'
import { type CommandHost, type CommonOptions } from '../command-host.js'
import { exitCodes } from '../exit-codes.js'
import { parseNumber, parsePositive, parsePositiveVector2 } from '../options/values.js'
import { factsTable } from '../terminal/facts-table.js'

/** Endings of DICOM files in a folder. */
const dicomEndings = ['.dcm', '.dicom', '.ima'] as const

interface DicomSetOptions extends CommonOptions {
  readonly sdd?: number
  readonly sod?: number
  readonly pixelSpacing?: Vector2
  readonly primaryAngle?: number
  readonly secondaryAngle?: number
  readonly photometric?: XrayCorrection['photometricInterpretation']
  readonly out: string
  readonly force?: boolean
}

/** `isocenter dicom set XRAY… --sdd MM --out FILE|DIR`. */
export function addDicomSetCommand(group: Command, host: CommandHost): void {
  group
    .command('set')
    .usage('XRAY... --sdd MM --out FILE|DIR [options]')
    .summary('write a copy of an X-ray with corrected geometry tags')
    .description(
      'Writes a copy of an X-ray with corrected geometry tags. All else stays byte for byte, pixel data and compression included; the copy has a UID of its own and says what was changed.',
    )
    .argument('<xray...>', 'DICOM X-rays, or a folder of them (.dcm, .dicom, .ima)')
    .optionsGroup('Tags:')
    .option('--sdd <mm>', 'DistanceSourceToDetector', parsePositive)
    .option('--sod <mm>', 'DistanceSourceToPatient', parsePositive)
    .option(
      '--pixel-spacing <X,Y>',
      'ImagerPixelSpacing: detector pitch in mm, along columns and rows',
      parsePositiveVector2,
    )
    .option('--primary-angle <deg>', "PositionerPrimaryAngle, + towards the patient's left", parseNumber)
    .option('--secondary-angle <deg>', 'PositionerSecondaryAngle, + towards the head', parseNumber)
    .addOption(
      new Option('--photometric <kind>', 'which end is bright, where it was stated wrongly').choices([
        'MONOCHROME1',
        'MONOCHROME2',
      ]),
    )
    .optionsGroup('Output:')
    .requiredOption('-o, --out <file|folder>', 'new file; for several X-rays a folder')
    .option('--force', 'redo what is done, and replace what this step did not write')
    .action((paths: readonly string[], options: DicomSetOptions) =>
      host.run(options, async (session) => {
        const files = await caseFiles(paths, dicomEndings)
        const isFolder = files.length > 1 || (await isExistingFolder(options.out))
        const names = distinctNames(files)
        const cases = files.map((path, index) => ({
          name: names[index],
          input: {
            path,
            output: isFolder ? join(options.out, `${names[index]}.dcm`) : options.out,
            tags: correctionOf(options),
            force: options.force ?? false,
          },
        }))
        if (Object.values(cases[0].input.tags).every((value) => value === undefined)) {
          throw new UserError(
            'input-invalid',
            'No tag to set is given.',
            'Give --sdd, --sod, --pixel-spacing, --primary-angle, --secondary-angle or --photometric.',
          )
        }
        if (files.length > 1) {
          await assertFolderWritable(options.out)
          return runCases(session, 'set-dicom-tags', cases, {
            columns: ['changes', 'warnings'],
            cells: ({ changes, warnings }) => [changesText(changes), warnings.join(' ')],
            summaryPath: join(options.out, 'summary.csv'),
          })
        }
        const output = await session.run('set-dicom-tags', cases[0].input)
        output.warnings.forEach((warning) => {
          session.note(`warning: ${warning}`)
        })
        session.report(setText(output), output)
        return exitCodes.success
      }),
    )
}

const isExistingFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (stats) => stats.isDirectory(),
    () => false,
  )

const correctionOf = (options: DicomSetOptions): XrayCorrection => ({
  sourceToDetectorMm: options.sdd,
  sourceToPatientMm: options.sod,
  pixelSpacingMm: options.pixelSpacing,
  positionerPrimaryAngleDeg: options.primaryAngle,
  positionerSecondaryAngleDeg: options.secondaryAngle,
  photometricInterpretation: options.photometric,
})

const valueText = (value: string): string => (value === '' ? 'not stated' : value.replaceAll('\\', ' x '))

const changesText = (changes: SetDicomTagsOutput['changes']): string =>
  changes.map(({ keyword, after }) => `${keyword} ${valueText(after)}`).join('; ')

function setText({ output, changes, isUpToDate, sopInstanceUid }: SetDicomTagsOutput): string {
  const facts = changes.map(({ keyword, before, after }) => ({
    name: keyword,
    value: `${valueText(after)} (before: ${valueText(before)})`,
  }))
  const same = { name: 'tags', value: 'all had these values already' }
  return factsTable([
    { name: isUpToDate ? 'up to date' : 'written to', value: output },
    ...(facts.length === 0 ? [same] : facts),
    { name: 'SOPInstanceUID', value: sopInstanceUid },
  ])
}
