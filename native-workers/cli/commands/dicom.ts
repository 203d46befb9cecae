import { type Command } from 'commander'
import { type CommandHost } from '../command-host.js'
import { addDicomAnonymizeCommand } from './dicom-anonymize.js'
import { addDicomSetCommand } from './dicom-set.js'
import { addDicomShowCommand } from './dicom-show.js'

/** `isocenter dicom …`: what is done to the tags of DICOM files. */
export function addDicomCommands(program: Command, host: CommandHost): void {
  const group = program
    .command('dicom')
    .usage('COMMAND')
    .helpCommand(false)
    .summary('show, correct or anonymise the tags of DICOM files')
    .description('Work on the tags of DICOM files; pixel data are never changed.')
  addDicomShowCommand(group, host)
  addDicomSetCommand(group, host)
  addDicomAnonymizeCommand(group, host)
}
