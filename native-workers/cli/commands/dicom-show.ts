import { type Command } from 'commander'
import { type ShowDicomOutput, type ShownElement } from '../../contract/operations/dicom-tags.js'
import { type CommandHost, type CommonOptions } from '../command-host.js'
import { exitCodes } from '../exit-codes.js'
import { factsTable } from '../terminal/facts-table.js'

interface DicomShowOptions extends CommonOptions {
  readonly all?: boolean
  readonly tag?: readonly string[]
}

/** `isocenter dicom show FILE`. */
export function addDicomShowCommand(group: Command, host: CommandHost): void {
  group
    .command('show')
    .usage('FILE [options]')
    .summary('what the tags say of picture and geometry; all elements on request')
    .description('Shows what the tags of a DICOM file say of its picture and geometry.')
    .argument('<file>', 'a DICOM file')
    .optionsGroup('Elements:')
    .option('--all', 'list every element, private ones in hexadecimal, sequences with their items')
    .option('--tag <names...>', 'list only these: keywords or GGGG,EEEE, also inside sequences')
    .action((path: string, options: DicomShowOptions) =>
      host.run(options, async (session) => {
        const output = await session.run('show-dicom', {
          path,
          all: options.all ?? false,
          tags: [...(options.tag ?? [])],
        })
        session.report(shownText(output, options.tag !== undefined), output)
        return exitCodes.success
      }),
    )
}

function shownText({ title, facts, issues, elements }: ShowDicomOutput, onlyElements: boolean): string {
  const list = elements.map(elementLine).join('')
  if (onlyElements) return list === '' ? 'The file holds none of these elements.\n' : list
  const findings = issues.map(({ severity, message }) => `${severity}: ${message}\n`).join('')
  return `${title}\n${factsTable(facts)}${findings}${list === '' ? '' : `\n${list}`}`
}

function elementLine({ level, tag, vr, keyword, value }: ShownElement): string {
  const indent = '  '.repeat(level)
  if (tag === '') return `${indent}${keyword}\n`
  const name = keyword === '' ? 'private or unknown' : keyword
  return `${indent}${tag} ${vr.padEnd(2)} ${name}${value === '' ? '' : `: ${value}`}\n`
}
