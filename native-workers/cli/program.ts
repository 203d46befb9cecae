import { Command } from 'commander'
import { version } from '../../package.json'
import { type CommandHost } from './command-host.js'
import { addCoregisterCommand } from './commands/coregister.js'
import { addConvertCommands } from './commands/convert.js'
import { addCropCommand } from './commands/crop.js'
import { addDcm2niiCommand } from './commands/dcm2nii.js'
import { addDicomCommands } from './commands/dicom.js'
import { addAnimateCommand } from './commands/animate.js'
import { addDrrCommand } from './commands/drr.js'
import { addEvaluateCommand } from './commands/evaluate.js'
import { addEvaluatePoseCommand } from './commands/evaluate-pose.js'
import { addFigureCommand } from './commands/figure.js'
import { addFramesCommand } from './commands/frames.js'
import { addFinetuneCommand } from './commands/finetune.js'
import { addInfoCommand } from './commands/info.js'
import { addInspectCommand } from './commands/inspect.js'
import { addIsotropicCommand } from './commands/isotropic.js'
import { addLabelsCommands } from './commands/labels.js'
import { addOrbitCommand } from './commands/orbit.js'
import { addPhantomCommand } from './commands/phantom.js'
import { addPoseCommands } from './commands/pose.js'
import { addRegisterCommand } from './commands/register.js'
import { addReportCommand } from './commands/report.js'
import { addRestartCommand } from './commands/restart.js'
import { addSceneCommand } from './commands/scene.js'
import { addTrainCommand } from './commands/train.js'
import { addTransformCommands } from './commands/transform.js'
import { addSurfaceCommand } from './commands/surface.js'
import { addXrayCommands } from './commands/xray.js'
import { exitCodesHelp } from './exit-codes.js'
import { type Terminal } from './terminal/terminal.js'

/** The whole command line; parsing errors are thrown as commander's CommanderError. */
export function createProgram(host: CommandHost, terminal: Terminal): Command {
  const program = new Command('isocenter')
    .description('Finds the 3D pose of a CT behind 2D X-rays.')
    .version(version, '--version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand(false)
    .configureHelp({
      subcommandTerm: (command) => `${command.name()} ${command.usage().replace(' [options]', '')}`,
    })
    .exitOverride()
    .showSuggestionAfterError()
    .showHelpAfterError('hint: --help lists commands and options.')
    .configureOutput({
      writeOut: (text) => {
        terminal.out(text)
      },
      writeErr: (text) => {
        terminal.err(text)
      },
      getErrHelpWidth: () => terminal.columns,
      getOutHelpWidth: () => terminal.columns,
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    })
  program.addHelpText('after', `\n${exitCodesHelp()}`)
  addCommands(program, host)
  for (const command of leafCommands(program)) {
    command
      .optionsGroup('General:')
      .option('--json', 'print the result as one JSON document')
      .helpOption('-h, --help', 'print this help')
    command.addHelpText('after', '\nExit codes: see isocenter --help.')
  }
  return program
}

/** In the order of the work, which is the order of the help. */
function addCommands(program: Command, host: CommandHost): void {
  program.commandsGroup('Prepare:')
  addDcm2niiCommand(program, host)
  addDicomCommands(program, host)
  addLabelsCommands(program, host)
  addCropCommand(program, host)
  addCoregisterCommand(program, host)
  addIsotropicCommand(program, host)
  addTransformCommands(program, host)
  addXrayCommands(program, host)
  program.commandsGroup('Train:')
  addTrainCommand(program, host)
  addRestartCommand(program, host)
  addFinetuneCommand(program, host)
  program.commandsGroup('Register:')
  addRegisterCommand(program, host)
  addPoseCommands(program, host)
  addDrrCommand(program, host)
  program.commandsGroup('Judge and show:')
  addEvaluateCommand(program, host)
  addEvaluatePoseCommand(program, host)
  addFigureCommand(program, host)
  addReportCommand(program, host)
  addAnimateCommand(program, host)
  addFramesCommand(program, host)
  addOrbitCommand(program, host)
  addSceneCommand(program, host)
  addSurfaceCommand(program, host)
  program.commandsGroup('Files:')
  addInfoCommand(program, host)
  addInspectCommand(program, host)
  addConvertCommands(program, host)
  addPhantomCommand(program, host)
}

/** The commands that do something: groups such as `labels` hold them, groups themselves only help. */
function leafCommands(command: Command): readonly Command[] {
  return command.commands.flatMap((child) => (child.commands.length === 0 ? [child] : leafCommands(child)))
}
