import { type Command } from 'commander'
import { type CommandHost } from '../command-host.js'
import { addCleanLabelsCommand } from './clean-labels.js'

/** `isocenter labels …`: what is done to label maps. */
export function addLabelsCommands(program: Command, host: CommandHost): void {
  const group = program
    .command('labels')
    .helpCommand(false)
    .helpOption('-h, --help', 'print this help')
    .usage('COMMAND')
    .summary('clean label maps')
    .description('Work on label maps.')
  addCleanLabelsCommand(group, host)
}
