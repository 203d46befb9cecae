import { type Command } from 'commander'
import { type CommandHost } from '../command-host.js'
import { addConvertCheckpointCommand } from './convert-checkpoint.js'
import { addConvertDatasetCommands } from './convert-dataset.js'
import { addConvertDiffdrrPoseCommand } from './convert-diffdrr-pose.js'
import { addConvertToXvrCommand } from './convert-to-xvr.js'
import { addConvertXvrResultCommand } from './convert-xvr-result.js'

/** `isocenter convert …`: files of other tools to the project's own, and back. */
export function addConvertCommands(program: Command, host: CommandHost): void {
  const group = program
    .command('convert')
    .helpCommand(false)
    .usage('COMMAND')
    .summary("other tools' results, poses and data sets, and back")
    .description("Converts results, poses and data sets of other tools to this program's files, and back.")
  addConvertXvrResultCommand(group, host)
  addConvertToXvrCommand(group, host)
  addConvertCheckpointCommand(group, host)
  addConvertDiffdrrPoseCommand(group, host)
  addConvertDatasetCommands(group, host)
}
