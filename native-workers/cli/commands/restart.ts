import { type Command } from 'commander'
import { type CommandHost, type CommonOptions } from '../command-host.js'
import { addMachineOptions, machineSettings, type MachineOptions } from '../options/training-options.js'
import { reportTraining } from './train.js'

interface RestartOptions extends CommonOptions, MachineOptions {}

/** `isocenter restart CKPT`. */
export function addRestartCommand(program: Command, host: CommandHost): void {
  const command = program
    .command('restart')
    .usage('CKPT [options]')
    .summary('go on with a training that was interrupted')
    .description(
      'Goes on where the newest checkpoint of a training left off, with its configuration. At most the iterations since that checkpoint are done again.',
    )
    .argument('<checkpoint>', 'folder of the training, or one of its checkpoints')
  addMachineOptions(command).action((checkpoint: string, options: RestartOptions) =>
    host.run(options, async (session) =>
      reportTraining(
        session,
        await session.run('restart-training', { checkpoint, ...machineSettings(options) }),
      ),
    ),
  )
}
