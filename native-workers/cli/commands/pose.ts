import { type Command } from 'commander'
import { type CommandHost } from '../command-host.js'
import { addTransformPoseCommand } from './transform-pose.js'

/** `isocenter pose …`: what is done to poses. */
export function addPoseCommands(program: Command, host: CommandHost): void {
  const group = program
    .command('pose')
    .helpCommand(false)
    .helpOption('-h, --help', 'print this help')
    .usage('COMMAND')
    .summary('bring poses from one volume to another')
    .description('Work on poses.')
  addTransformPoseCommand(group, host)
}
