import { type Command } from 'commander'
import { type CommandHost } from '../command-host.js'
import { addPoseFromPointsCommand } from './pose-from-points.js'
import { addTransformPoseCommand } from './transform-pose.js'

/** `isocenter pose …`: what is done to poses. */
export function addPoseCommands(program: Command, host: CommandHost): void {
  const group = program
    .command('pose')
    .helpCommand(false)
    .helpOption('-h, --help', 'print this help')
    .usage('COMMAND')
    .summary('a pose from points, or brought to another volume')
    .description('Work on poses.')
  addPoseFromPointsCommand(group, host)
  addTransformPoseCommand(group, host)
}
