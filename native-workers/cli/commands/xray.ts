import { type Command } from 'commander'
import { type CommandHost } from '../command-host.js'
import { addMirrorXrayCommand } from './mirror-xray.js'

/** `isocenter xray …`: what is done to X-rays. */
export function addXrayCommands(program: Command, host: CommandHost): void {
  const group = program
    .command('xray')
    .helpCommand(false)
    .helpOption('-h, --help', 'print this help')
    .usage('COMMAND')
    .summary('mirror X-rays')
    .description('Work on X-rays.')
  addMirrorXrayCommand(group, host)
}
